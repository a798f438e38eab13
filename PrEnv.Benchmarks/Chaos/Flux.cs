using k8s;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Benchmarks.Chaos;

/// <summary>The double of helm-controller, which can be killed; what Helm has installed outlives it.</summary>
internal sealed class Flux : IAsyncDisposable
{
    private static readonly HelmControllerOptions Options = new() { InstallDuration = TimeSpan.FromSeconds(1) };

    private readonly KubernetesClientConfiguration _configuration;
    private HelmControllerDouble? _double;

    private Flux(KubernetesClientConfiguration configuration)
    {
        _configuration = configuration;
        _double = HelmControllerDouble.Start(configuration, Options);
        Environments = _double.Environments;
    }

    /// <summary>What is installed.</summary>
    public EnvironmentRegistry Environments { get; }

    public static Flux Start(KubernetesClientConfiguration configuration) => new(configuration);

    /// <summary>Ends it in the middle of what it does, and starts it again after a while.</summary>
    public async Task KillAsync(TimeSpan away, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        try
        {
            await Task.Delay(away, TimeProvider.System, cancellationToken);
        }
        finally
        {
            _double = HelmControllerDouble.Start(_configuration, Options, Environments);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _double, null) is { } running)
            await running.DisposeAsync();
    }
}
