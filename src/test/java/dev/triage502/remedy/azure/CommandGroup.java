package dev.triage502.remedy.azure;

import dev.triage502.remedy.command.AzCommand;

/** Some az commands that change the same sort of thing. */
interface CommandGroup {

    /** Whether this group knows the command. */
    boolean knows(String command);

    /**
     * Does to the model what the command does to Azure.
     *
     * @throws Refused     if az or Azure would not do it
     * @throws NotModelled if the model cannot tell
     */
    void run(AzCommand command, AzureModel model);
}
