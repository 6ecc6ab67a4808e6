package io.heatwire.ops.http;

import io.heatwire.ops.http.Refusals.Cause;
import io.heatwire.wiring.HttpListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Takes the requests of one listener: who may ask, what may be asked, and the headers of every answer. Nothing here changes
 * anything, and nothing of a request is ever shown in an answer.
 */
final class Desk {

    private final BearerToken token;
    private final AskedName name;
    private final Pages pages;
    private final Site site;
    private final Mono<Void> closing;
    private final boolean isTrusting;
    private final Refusals refusals;

    /**
     * The desk of a listener.
     *
     * @param site answered beside the pages
     * @param closing ends streams, which would else go on until their connection is missed
     */
    Desk(HttpListener listener, Pages pages, Site site, Mono<Void> closing, Refusals refusals) {
        this.token = new BearerToken(listener.token());
        this.name = new AskedName(listener);
        this.pages = pages;
        this.site = site;
        this.closing = closing;
        this.isTrusting = listener.isGuarded();
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
        if (!name.admits(request.requestHeaders().get(HttpHeaderNames.HOST))) {
            refusals.count(Cause.NAME);
            return refuse(
                    response,
                    Answer.text(
                            421, "without a token this listener answers to localhost and addresses, to no other name"),
                    isHead);
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
        return pages.answer(path, request.requestHeaders().get(HttpHeaderNames.ACCEPT))
                .<Publisher<Void>>map(answer -> send(response, answer, isHead))
                .or(() -> site.reply(asked(path, request)).map(reply -> send(response, reply, isHead)))
                .orElseGet(() -> send(response, pages.notFound(), isHead));
    }

    private Site.Request asked(String path, HttpServerRequest request) {
        HttpHeaders headers = request.requestHeaders();
        String site = headers.get("sec-fetch-site");
        boolean isForeign = site != null && !site.equals("same-origin") && !site.equals("none");
        return new Site.Request(path, request.uri(), headers.get(HttpHeaderNames.IF_NONE_MATCH), isForeign, isTrusting);
    }

    private static boolean hasBody(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return headers.contains(HttpHeaderNames.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    /** With the connection goes whatever else was sent on it. */
    private static Publisher<Void> refuse(HttpServerResponse response, Answer answer, boolean isHead) {
        return send(response.keepAlive(false), answer, isHead);
    }

    private Publisher<Void> send(HttpServerResponse response, Site.Reply reply, boolean isHead) {
        return reply instanceof Site.Reply.Events stream
                ? send(response, stream.events(), isHead)
                : ((Site.Reply.Whole) reply).answer().flatMap(answer -> Mono.from(send(response, answer, isHead)));
    }

    private static Publisher<Void> send(HttpServerResponse response, Answer answer, boolean isHead) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.status(answer.status());
        headers(response, answer.contentType());
        answer.headers().forEach(response::header);
        if (answer.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
            response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        }
        return isHead || body.length == 0 ? response.send() : response.sendByteArray(Mono.just(body));
    }

    /** A client that is behind by more than its connection holds misses what comes meanwhile, so that nothing piles up for it. */
    private Publisher<Void> send(HttpServerResponse response, Flux<String> events, boolean isHead) {
        AtomicReference<Channel> channel = new AtomicReference<>();
        response.withConnection(connection -> channel.set(connection.channel()));
        headers(response, "text/event-stream; charset=utf-8");
        Flux<ByteBuf> written = events.takeUntilOther(closing)
                .onBackpressureLatest()
                .filter(event -> takesMore(channel.get()))
                .map(event -> Unpooled.copiedBuffer(event, StandardCharsets.UTF_8));
        return isHead ? response.send() : response.send(written, event -> true);
    }

    private static boolean takesMore(@Nullable Channel channel) {
        return channel == null || channel.isWritable();
    }

    private static void headers(HttpServerResponse response, String contentType) {
        response.header(HttpHeaderNames.CONTENT_TYPE, contentType)
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header("x-content-type-options", "nosniff")
                .header(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'")
                .header("referrer-policy", "no-referrer");
    }
}
