package dev.triage502.local;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A method that Azure would call: public, with a {@code @FunctionName} and a trigger among its parameters. */
record FunctionMethod(String name, Method method) {

    /** All of a class. */
    static List<FunctionMethod> of(Class<?> type) {
        List<FunctionMethod> found = new ArrayList<>();
        for (Method method : type.getMethods()) {
            FunctionName name = method.getAnnotation(FunctionName.class);
            if (name != null) {
                found.add(new FunctionMethod(name.value(), method));
            }
        }
        return found;
    }

    /** The trigger of one kind, if it has that. */
    <A extends Annotation> Optional<A> trigger(Class<A> kind) {
        return triggered(kind).map(parameter -> parameter.getAnnotation(kind));
    }

    /** The parameter that takes what triggers it. */
    <A extends Annotation> Optional<Parameter> triggered(Class<A> kind) {
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(kind)) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    /**
     * Calls it once, on an instance that the injector gives.
     *
     * @param trigger  the value for the parameter that is neither a context nor a {@code @BindingName}
     * @param metadata values for {@code @BindingName} parameters
     * @throws InvocationTargetException what the function threw
     */
    @Nullable
    Object call(FunctionInstanceInjector instances, Object trigger, Map<String, String> metadata) throws Exception {
        Object[] arguments = new Object[method.getParameterCount()];
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            arguments[i] = argument(parameters[i], trigger, metadata);
        }
        return method.invoke(instances.getInstance(method.getDeclaringClass()), arguments);
    }

    private Object argument(Parameter parameter, Object trigger, Map<String, String> metadata) {
        if (parameter.getType() == ExecutionContext.class) {
            return new LocalContext(name);
        }
        BindingName binding = parameter.getAnnotation(BindingName.class);
        if (binding == null) {
            return trigger;
        }
        String value = metadata.getOrDefault(binding.value(), "");
        Class<?> type = parameter.getType();
        if (type == int.class || type == Integer.class) {
            return Integer.parseInt(value);
        }
        return type == long.class || type == Long.class ? (Object) Long.parseLong(value) : value;
    }
}
