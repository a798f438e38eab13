using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using PrEnv.Controller.Hosting.Endpoints;
using PrEnv.Controller.Options;

namespace PrEnv.Tests.Hosting.Endpoints;

[CancelAfter(120_000)]
internal sealed class HealthRoutesTests
{
    [Test]
    public async Task Readyz_SomethingIsNotReady_ListsItWith503(CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/readyz", cancellationToken, Ready("caches", true), Ready("leader-election", false));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.ServiceUnavailable, "[+]caches ok\n[-]leader-election not ready\nnot ready\n")));
    }

    [Test]
    public async Task Readyz_AllReady_Is200(CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/readyz", cancellationToken, Ready("caches", true));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.OK, "[+]caches ok\nok\n")));
    }

    [Test]
    public async Task Healthz_SomethingIsNotReady_IsStill200(CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/healthz", cancellationToken, Ready("caches", false));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.OK, "ok\n")));
    }

    [Test]
    public async Task Healthz_SomethingHasAProblem_SaysItWith503(CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/healthz", cancellationToken, Live("other", null), Live("leader-election", "Lease a/b is old"));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.ServiceUnavailable, "[-]leader-election Lease a/b is old\nnot healthy\n")));
    }

    private static async Task<(HttpStatusCode, string)> GetAsync(
        string path, CancellationToken cancellationToken, params HealthCheckRegistration[] checks)
    {
        await using var services = Services(checks);
        var definition = new EndpointDefinition(
            "Health", "health-probe-bind-address", options => options.HealthProbeBindAddress,
            new HealthRoutes(services.GetRequiredService<HealthCheckService>()).Map);
        await using var server = new EndpointServer(definition, services);
        await server.StartAsync(cancellationToken);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await client.GetAsync(new Uri(server.Address!, path), cancellationToken);
        var answer = (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        await server.StopAsync(cancellationToken);
        return answer;
    }

    private static ServiceProvider Services(HealthCheckRegistration[] checks)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IOptions<ControllerOptions>>(
                Microsoft.Extensions.Options.Options.Create(
                    new ControllerOptions { HealthProbeBindAddress = BindAddress.Parse("127.0.0.1:0") }));
        var health = services.AddHealthChecks();
        foreach (var check in checks)
            health.Add(check);
        return services.BuildServiceProvider();
    }

    private static HealthCheckRegistration Live(string name, string? problem) => Check(name, HealthTags.Live, problem);

    private static HealthCheckRegistration Ready(string name, bool isReady) => Check(name, HealthTags.Ready, isReady ? null : "");

    private static HealthCheckRegistration Check(string name, string tag, string? problem) =>
        new(name, new Fixed(problem is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(problem)), failureStatus: null, [
            tag]);

    private sealed class Fixed(HealthCheckResult result) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(result);
    }
}
