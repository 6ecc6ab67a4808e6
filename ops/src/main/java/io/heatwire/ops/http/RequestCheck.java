package io.heatwire.ops.http;

import io.heatwire.ops.http.Refusals.Cause;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.regex.Pattern;

/**
 * Counts what is no request, or too large for one, and takes a request with a strange path or version for one of these: the
 * library behind it would fail over a path that is no URI, and agree to any version. It answers 400, 414 or 431 and hangs up.
 */
final class RequestCheck extends ChannelInboundHandlerAdapter {

    private static final Pattern PATH = Pattern.compile("(?:[A-Za-z0-9/._~!$&'()*+,;=:@?-]|%[0-9A-Fa-f]{2})+");

    private final Refusals refusals;

    RequestCheck(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest request && !isPlain(request)) {
            refusals.count(Cause.MALFORMED);
            if (request.decoderResult().isSuccess()) {
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("path or version")));
            }
        }
        if (message instanceof LastHttpContent) {
            RequestClock.complete(context);
        }
        super.channelRead(context, message);
    }

    private static boolean isPlain(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        return request.decoderResult().isSuccess()
                && (version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0))
                && PATH.matcher(request.uri()).matches();
    }
}
