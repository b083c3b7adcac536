package dev.triage502.remedy.azure;

import dev.triage502.remedy.command.AzCommand;

/** {@code az appservice plan update}. What is collected holds no plans. */
final class ServicePlanCommands implements CommandGroup {

    @Override
    public boolean knows(String command) {
        return command.equals("appservice plan update");
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        int workers = command.number("--number-of-workers").orElseThrow();
        if (workers < 1) {
            throw new Refused("a plan has at least one instance, not " + workers, "assumed");
        }
        throw NotModelled.unread("the plan " + Resource.lastSegment(command.required("--ids")));
    }
}
