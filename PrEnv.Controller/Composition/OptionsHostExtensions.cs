using Microsoft.Extensions.Options;
using PrEnv.Controller.Options;

namespace PrEnv.Controller.Composition;

internal static class OptionsHostExtensions
{
    /// <summary>Adds <see cref="ControllerOptions"/>, read from <paramref name="sources"/> and validated at start.</summary>
    public static IHostApplicationBuilder AddPrEnvOptions(this IHostApplicationBuilder builder, OptionSources sources)
    {
        builder.Services.AddSingleton(sources);
        builder.Services.AddSingleton<ControllerOptionsSetup>();
        builder.Services.AddSingleton<IConfigureOptions<ControllerOptions>>(
            services => services.GetRequiredService<ControllerOptionsSetup>());
        builder.Services.AddSingleton<IValidateOptions<ControllerOptions>>(
            services => services.GetRequiredService<ControllerOptionsSetup>());
        builder.Services.AddOptionsWithValidateOnStart<ControllerOptions>();
        return builder;
    }
}
