package io.heatwire.ops.http;

import io.heatwire.ops.http.Refusals.Cause;
import io.heatwire.wiring.HttpListener;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Takes the requests of one listener: who may ask, what may be asked, and the headers of every answer. Nothing here changes
 * anything, and nothing of a request is ever shown in an answer.
 */
final class Desk {

    private final BearerToken token;
    private final Pages pages;
    private final Refusals refusals;

    Desk(HttpListener listener, Pages pages, Refusals refusals) {
        this.token = new BearerToken(listener.token());
        this.pages = pages;
        this.refusals = refusals;
    }

    Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        HttpMethod method = request.method();
        boolean isHead = method.equals(HttpMethod.HEAD);
        if (!token.admits(request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION))) {
            refusals.count(Cause.TOKEN);
            response.header(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"heatwire\"");
            return refuse(response, Answer.text(401, "a token is needed: Authorization: Bearer ..."), isHead);
        }
        if (!method.equals(HttpMethod.GET) && !isHead) {
            refusals.count(Cause.MALFORMED);
            response.header(HttpHeaderNames.ALLOW, "GET, HEAD");
            return refuse(response, Answer.text(405, "only GET and HEAD"), false);
        }
        if (hasBody(request.requestHeaders())) {
            refusals.count(Cause.MALFORMED);
            return refuse(response, Answer.text(413, "no body, please"), isHead);
        }
        String path = "/" + request.path();
        return send(response, pages.answer(path, request.requestHeaders().get(HttpHeaderNames.ACCEPT)), isHead);
    }

    private static boolean hasBody(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return headers.contains(HttpHeaderNames.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    /** With the connection goes whatever else was sent on it. */
    private static Publisher<Void> refuse(HttpServerResponse response, Answer answer, boolean isHead) {
        return send(response.keepAlive(false), answer, isHead);
    }

    private static Publisher<Void> send(HttpServerResponse response, Answer answer, boolean isHead) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.status(answer.status())
                .header(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header("x-content-type-options", "nosniff")
                .header(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'")
                .header("referrer-policy", "no-referrer")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return isHead ? response.send() : response.sendByteArray(Mono.just(body));
    }
}
