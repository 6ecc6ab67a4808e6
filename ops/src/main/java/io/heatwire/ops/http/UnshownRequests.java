package io.heatwire.ops.http;

import reactor.netty.http.logging.HttpMessageArgProvider;
import reactor.netty.http.logging.HttpMessageLogFactory;

/**
 * Keeps requests out of the log: the library would print one that is none as it came, line breaks and escape sequences included,
 * so that whoever reaches the port could write the log. They are counted instead.
 */
final class UnshownRequests implements HttpMessageLogFactory {

    private static final String NOT_SHOWN = "a request that is none";

    @Override
    public String trace(HttpMessageArgProvider request) {
        return NOT_SHOWN;
    }

    @Override
    public String debug(HttpMessageArgProvider request) {
        return NOT_SHOWN;
    }

    @Override
    public String info(HttpMessageArgProvider request) {
        return NOT_SHOWN;
    }

    @Override
    public String warn(HttpMessageArgProvider request) {
        return NOT_SHOWN;
    }

    @Override
    public String error(HttpMessageArgProvider request) {
        return NOT_SHOWN;
    }
}
