using PrEnv.Controller.Hosting.Memory;

namespace PrEnv.Controller.Composition;

internal static class MemoryHostExtensions
{
    /// <summary>Adds <see cref="MemoryTrimmer"/> for this process.</summary>
    public static IHostApplicationBuilder AddPrEnvMemory(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService(services => MemoryTrimmer.OfThisProcess(services.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
