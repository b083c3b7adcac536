package dev.triage502.local;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.TraceContext;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;

/** What a function is told about one call of it. Its log lines go where the real host's do: {@code Function.NAME.User}. */
final class LocalContext implements ExecutionContext {

    private final String functionName;
    private final String invocationId = UUID.randomUUID().toString();
    private final Logger logger;

    LocalContext(String functionName) {
        this.functionName = functionName;
        this.logger = Logger.getLogger("Function." + functionName + ".User");
    }

    @Override
    public Logger getLogger() {
        return logger;
    }

    @Override
    public String getInvocationId() {
        return invocationId;
    }

    @Override
    public String getFunctionName() {
        return functionName;
    }

    @Override
    public TraceContext getTraceContext() {
        String trace = invocationId.replace("-", "");
        return new TraceContext() {
            @Override
            public String getTraceparent() {
                return "00-" + trace + "-" + trace.substring(0, 16) + "-00";
            }

            @Override
            public String getTracestate() {
                return "";
            }

            @Override
            public Map<String, String> getAttributes() {
                return Map.of();
            }
        };
    }
}
