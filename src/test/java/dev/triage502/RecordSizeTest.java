package dev.triage502;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody counts commas: what has many parts is made by their names. */
class RecordSizeTest {

    private static final int MOST = 8;

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.triage502");

    @Test
    void aRecordOfManyPartsHasABuilder() {
        assertThat(large())
                .isNotEmpty()
                .filteredOn(each -> Stream.of(each.reflect().getDeclaredClasses())
                        .noneMatch(inner -> inner.getSimpleName().equals("Builder")))
                .as("records of more than %d components without a Builder", MOST)
                .isEmpty();
    }

    @Test
    void onlyItsBuilderCallsItsConstructor() {
        List<String> calls = large().stream()
                .flatMap(each -> each.getConstructorCallsToSelf().stream())
                .filter(call -> !call.getOriginOwner()
                        .getFullName()
                        .equals(call.getTargetOwner().getFullName() + "$Builder"))
                .map(call -> call.getDescription())
                .toList();

        assertThat(calls).isEmpty();
    }

    private List<JavaClass> large() {
        return classes.stream()
                .filter(each -> each.reflect().isRecord() && each.reflect().getRecordComponents().length > MOST)
                .toList();
    }
}
