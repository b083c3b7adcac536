package dev.triage502.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A subscription by its ID or its name, for options. */
final class SubscriptionConverter implements ITypeConverter<SubscriptionArgument> {

    @Override
    public SubscriptionArgument convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("found nothing; use the ID or the name of a subscription");
        }
        return new SubscriptionArgument(text);
    }
}
