package dev.triage502.cli;

import dev.triage502.incident.GatewayText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A gateway by its id, the address of its page, or its name, for options. */
final class GatewayConverter implements ITypeConverter<GatewayArgument> {

    @Override
    public GatewayArgument convert(String text) {
        new GatewayText(text).fault().ifPresent(fault -> {
            throw new TypeConversionException("found " + fault
                    + "; use the resource ID of an application gateway, the URL of its portal page," + " or its name");
        });
        return new GatewayArgument(text);
    }
}
