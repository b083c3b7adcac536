package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.triage502.collect.CollectionProgress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class WiringTest {

    @Test
    void theWorkerFindsItAndNoOther() {
        assertThat(ServiceLoader.load(FunctionInstanceInjector.class))
                .singleElement()
                .isInstanceOf(Wiring.class);
    }

    @Test
    void givesEveryFunctionThatThereIs() {
        List<String> classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.triage502").stream()
                        .filter(type -> type.getMethods().stream().anyMatch(WiringTest::isFunction))
                        .map(type -> type.getName())
                        .sorted()
                        .toList();
        Wiring wiring = wiring(Map.of("TRIAGE502_STORE", "unused"));

        assertThat(wiring.functions()).extracting(Class::getName).containsExactlyInAnyOrderElementsOf(classes);
        for (Class<?> type : wiring.functions()) {
            assertThat(wiring.getInstance(type)).isInstanceOf(type).isSameAs(wiring.getInstance(type));
        }
    }

    /** A function that cannot be made is answered by the host: 500, and nobody knows why. */
    @Test
    void givesEveryFunctionWhateverTheSettingsAre() {
        Wiring wiring = wiring(Map.of("TRIAGE502_WEBHOOK_URL", "?", "TRIAGE502_AZURE_ENDPOINT", "?"));

        for (Class<?> type : wiring.functions()) {
            assertThat(wiring.getInstance(type)).isInstanceOf(type);
        }
    }

    @Test
    void refusesWhatIsNoFunction() {
        assertThatThrownBy(() -> wiring(Map.of()).getInstance(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void tellsAtStartAndOnceAllThatIsWrong() {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger(Wiring.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            Wiring wiring = wiring(Map.of("TRIAGE502_WEBHOOK_URL", "hunter2", "TRIAGE502_AZURE_CLOUD", "mars"));
            wiring.functions().forEach(wiring::getInstance);
        } finally {
            log.removeHandler(handler);
        }

        assertThat(records).hasSize(3).allMatch(record -> record.getLevel() == Level.SEVERE);
        assertThat(records)
                .extracting(LogRecord::getMessage)
                .anyMatch(line -> line.contains("AzureWebJobsStorage is not set"))
                .anyMatch(line -> line.contains("TRIAGE502_AZURE_CLOUD is \"mars\""))
                .anyMatch(line -> line.contains("TRIAGE502_WEBHOOK_URL is not an https URL"))
                .noneMatch(line -> line.contains("hunter2"));
    }

    private static boolean isFunction(JavaMethod method) {
        return method.isAnnotatedWith(FunctionName.class);
    }

    private static Wiring wiring(Map<String, String> environment) {
        return new Wiring(environment, Clock.systemUTC(), CollectionProgress.none());
    }
}
