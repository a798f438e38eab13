using System.Text;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Http;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.EndToEnd;

/// <summary>Environments with a private authority, behind a login: the process knows both from Secrets.</summary>
internal sealed class HealthCheckSecretsTests : EndToEndTest
{
    [Test]
    public async Task HealthCheck_BehindALoginWithAPrivateAuthority_WaitsForTheSecretsAndSucceeds()
    {
        using var authority = new PrivateAuthority();
        using var certificate = authority.Issue("localhost");
        await using var login = await LocalServer.StartAsync(
            context =>
            {
                context.Response.StatusCode = context.Request.Headers.Authorization == "Basic ZGVtbzpkZW1v"
                    ? StatusCodes.Status200OK
                    : StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            },
            certificate: certificate);
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await CreateAsync("private-ca", "ca.crt", authority.Pem);
        World.StartController();
        await World.ApplyAsync(World.Resource(more: $$"""
              envHealthCheckURLTemplate: https://localhost:{{login.Port}}/pr/<<PR_NUMBER>>
              healthCheck:
                caSecretRef: {name: private-ca}
                headersSecretRef: {name: preview-login}
            """));

        var waiting = await World.UntilMessageAsync("HealthCheckSecretInvalid");
        await CreateAsync("preview-login", "Authorization", "Basic ZGVtbzpkZW1v\n");
        await World.UntilStatusAsync(pr.HeadSha, "success");
        await World.UntilMessageAsync("Ready");

        Assert.That(
            waiting!.Status!.Environments!.Single().Message, Does.Contain($"Secret {World.Namespace}/preview-login does not exist"));
        Assert.That(await World.EventsAsync("HealthCheckSecretInvalid"), Has.Count.EqualTo(1));
        Assert.That(await World.ControllerLogAsync("ZGVtbzpkZW1v"), Is.Empty);
    }

    private Task<V1Secret> CreateAsync(string name, string key, string value) => World.Client.CoreV1.CreateNamespacedSecretAsync(
        new V1Secret
        {
            Metadata = new V1ObjectMeta { Name = name },
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [key] = Encoding.UTF8.GetBytes(value) },
        },
        World.Namespace);
}
