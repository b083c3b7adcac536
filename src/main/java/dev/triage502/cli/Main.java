package dev.triage502.cli;

import dev.triage502.redaction.PlainText;
import dev.triage502.redaction.SecretRedaction;
import dev.triage502.report.ProductVersion;
import dev.triage502.triage.Triage;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** Where the command line begins, and the one place where its commands get their parts. */
public final class Main {

    /** It was done. */
    static final int DONE = 0;
    /** It could not be done. */
    static final int COULD_NOT = 1;
    /** It was asked in a way that means nothing, or a setting is wrong. */
    static final int WRONG_USAGE = 2;

    private static final String DEBUG = "TRIAGE502_DEBUG";

    private Main() {}

    /** What they log of a sign-in that failed says less than our own message, in 20 lines. Held here, or they are collected. */
    private static final class Libraries {
        private static final List<Logger> LOGGERS = Stream.of("com.azure", "com.microsoft", "io.netty", "reactor")
                .map(Logger::getLogger)
                .toList();
    }

    public static void main(String[] args) {
        EarlySignIn signIn = EarlySignIn.begin(System.getenv(), args); // before all else: it takes longest
        Console console = Console.system();
        if (console.variable(DEBUG).isEmpty()) {
            Libraries.LOGGERS.forEach(library -> library.setLevel(Level.OFF));
        }
        int code = run(console, signIn, args);
        endHttpClients();
        System.exit(code);
    }

    /**
     * Interrupts the thread in which an HTTP client waits for the network: the JVM's exit would wait 0.3 s for it. Before Java 21 a
     * client cannot be closed.
     */
    private static void endHttpClients() {
        Thread[] threads = new Thread[Thread.activeCount() + 8];
        int count = Thread.enumerate(threads);
        Stream.of(threads)
                .limit(count)
                .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                .forEach(Thread::interrupt);
    }

    /** What the program answers to these arguments: its exit code. */
    static int run(Console console, String... args) {
        return run(console, EarlySignIn.begin(console.env(), args), args);
    }

    private static int run(Console console, EarlySignIn signIn, String... args) {
        String[] given = args.length == 0 ? new String[] {"help"} : args;
        int code = commandLine(console, signIn, given[0]).execute(given);
        console.out().flush();
        console.err().flush();
        return code;
    }

    /** All commands. */
    static CommandLine commandLine(Console console) {
        return commandLine(console, EarlySignIn.none(console.env()), "help");
    }

    /** Only the command that is the first argument, if it is one, and none for the version: making all takes longer than most do. */
    private static CommandLine commandLine(Console console, EarlySignIn signIn, String first) {
        Map<String, Supplier<Object>> commands = commands(console, signIn);
        CommandLine root = new CommandLine(new Root());
        boolean one = commands.containsKey(first) || first.equals("--version") || first.equals("-V");
        commands.forEach((name, made) -> {
            if (!one || name.equals(first)) {
                root.addSubcommand(name, made.get());
            }
        });
        if (!one) {
            root.addSubcommand(new HelpCommand()).addSubcommand(completion());
        }
        HelpExamples.addTo(root);
        root.setOut(console.out());
        root.setErr(console.err());
        root.setColorScheme(CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF));
        root.registerConverter(TextOrJson.class, NamedValues.of(TextOrJson.class));
        root.registerConverter(EvaluationFormat.class, NamedValues.of(EvaluationFormat.class));
        root.setParameterExceptionHandler((problem, args) -> wrongUsage(console, problem));
        root.setExecutionExceptionHandler((problem, command, parsed) -> couldNot(console, problem, command));
        return root;
    }

    private static Map<String, Supplier<Object>> commands(Console console, EarlySignIn signIn) {
        Triage triage = new Triage();
        Clock clock = Clock.systemUTC();
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put(
                "diagnose", () -> new DiagnoseCommand(console, signIn, triage, clock, DiagnoseCommand.EACH_MINUTE));
        commands.put("doctor", () -> new DoctorCommand(console, signIn, clock));
        commands.put("record", () -> new RecordCommand(console, signIn, clock));
        commands.put("replay", () -> new ReplayCommand(console, triage));
        commands.put("collect-script", () -> new CollectScriptCommand(console));
        commands.put("evaluate", () -> new EvaluateCommand(console, triage));
        commands.put("demo", () -> new DemoCommand(console, ServeUntil.enterOrSignalled(System.in)));
        commands.put("serve", () -> new ServeCommand(console, ServeUntil.signalled(), clock));
        commands.put("incidents", () -> new IncidentsCommand(console, clock));
        commands.put(
                "channels",
                () -> new CommandLine(new ChannelsCommand(console)).addSubcommand(new ChannelsCommand.Test(console)));
        commands.put("feedback", () -> new FeedbackCommand(console, clock));
        commands.put("pretend-azure", () -> new PretendAzureCommand(console, ServeUntil.signalled()));
        return commands;
    }

    /** The library's command, in our words. */
    private static CommandLine completion() {
        CommandLine command = new CommandLine(new AutoComplete.GenerateCompletion());
        command.getCommandSpec()
                .name("completion")
                .usageMessage()
                .description("Prints the completion script for bash and zsh.")
                .optionListHeading("")
                .footer();
        return command;
    }

    private static int wrongUsage(Console console, ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        console.err().println(command + ": " + oneLine(problem) + ". See '" + command + " --help'.");
        return WRONG_USAGE;
    }

    private static int couldNot(Console console, Exception problem, CommandLine command) {
        String where = command.getCommandSpec().qualifiedName();
        int code = COULD_NOT;
        if (problem instanceof CommandFailed failed) {
            code = failed.code();
            console.err()
                    .println(where + ": "
                            + readable(String.valueOf(problem.getMessage()))); // one line, or a list below it
        } else {
            console.err()
                    .println(where + ": internal error in triage502. Run it again with TRIAGE502_DEBUG=1 and report"
                            + " the output");
        }
        if (console.variable(DEBUG).isPresent()) {
            problem.printStackTrace(console.err());
        }
        return code;
    }

    /** Without the greater part of a word that fills a screen: messages quote what was given. */
    static String readable(String message) {
        return SecretRedaction.of(PlainText.lines(message)).replaceAll("(\\S{400})\\S+", "$1…");
    }

    private static String oneLine(Exception problem) {
        return readable(String.valueOf(problem.getMessage()))
                .replaceAll("\\s*\\R\\s*", " ")
                .replaceAll("[.\\s]+$", "");
    }

    @Command(
            name = "triage502",
            description = "Finds out why an Azure Application Gateway returns 502.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class,
            synopsisSubcommandLabel = "COMMAND",
            footer = {"", "Exit codes: 0 success, 1 failed, 2 usage error or invalid setting."})
    private static final class Root implements Runnable {

        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandLine.Model.CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "no command given");
        }
    }

    /** What {@code --version} says. */
    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {ProductVersion.producer()};
        }
    }
}
