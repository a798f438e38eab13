using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using k8s;
using k8s.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Objects;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Kubernetes.Client;

[TestFixture]
internal sealed class RawKubernetesTests
{
    private static readonly ApiRequest Request = ApiRequest.Get("api/v1/namespaces/envs/secrets/token");

    [Test]
    public async Task Send_StatusInTheBody_IsTakenOver()
    {
        var body = Samples.Failure(
            422, "Invalid", "metadata.uid: field is immutable",
            """{"retryAfterSeconds":3,"causes":[{"reason":"FieldValueInvalid","field":"metadata.uid"}]}""");
        await using var server = await FakeApiServer.StartAsync((422, body));

        var status = await FailAsync(server);

        Assert.Multiple(() =>
        {
            Assert.That(status, Has.Property(nameof(ApiStatus.Code)).EqualTo(422));
            Assert.That(status.Reason, Is.EqualTo("Invalid"));
            Assert.That(status.Message, Is.EqualTo("metadata.uid: field is immutable"));
            Assert.That(status.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(3)));
            Assert.That(status.Causes, Has.Count.EqualTo(1).And.ItemAt(0).EqualTo("FieldValueInvalid"));
        });
    }

    [Test]
    public async Task Send_TooManyRequests_CarriesRetryAfterOfTheHeader()
    {
        await using var server = await FakeApiServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "17";
            return context.Response.WriteAsync("slow down");
        });

        var status = await FailAsync(server);

        Assert.That(status.IsTooManyRequests, Is.True);
        Assert.That(status.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(17)));
    }

    [Test]
    public async Task Send_RetryAfterIsADate_IsCountedFromTheServersClock()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var servers = time.GetUtcNow().AddHours(3);
        await using var server = await FakeApiServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.Date = servers.ToString("R");
            context.Response.Headers.RetryAfter = servers.AddSeconds(40).ToString("R");
            return Task.CompletedTask;
        });

        var status = await FailAsync(server, time);

        Assert.That(status.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(40)));
    }

    [TestCase("<html><body>secret-of-the-proxy</body></html>")]
    [TestCase("""{"message":"secret-of-the-proxy","reason":"BadGateway"}""")]
    public async Task Send_BadGatewayThatIsNoStatus_KeepsTheBodyToItself(string body)
    {
        await using var server = await FakeApiServer.StartAsync((502, body));

        var status = await FailAsync(server);

        Assert.That(status.Code, Is.EqualTo(502));
        Assert.That(status.Reason, Is.EqualTo("BadGateway"));
        Assert.That(status.Message, Does.Not.Contain("secret").And.Contains("502"));
    }

    [Test]
    public async Task Send_KindIsNotServed_IsNotFound()
    {
        await using var server = await FakeApiServer.StartAsync((404, "404 page not found\n"));

        Assert.That((await FailAsync(server)).IsNotFound, Is.True);
    }

    [Test]
    public async Task Send_SuccessThatIsNoJson_IsUnreadableAndKeepsTheBodyToItself()
    {
        await using var server = await FakeApiServer.StartAsync((200, "secret-of-the-proxy"));

        var status = await FailAsync(server);

        Assert.That(status.Reason, Is.EqualTo("UnreadableAnswer"));
        Assert.That(status.Message, Does.Not.Contain("secret"));
    }

    [Test]
    public async Task Send_Redirect_IsNotFollowed()
    {
        await using var elsewhere = await FakeApiServer.StartAsync((200, "{}"));
        await using var server = await FakeApiServer.StartAsync((context, _) =>
        {
            context.Response.Redirect(elsewhere.Host);
            return Task.CompletedTask;
        });

        var status = await FailAsync(server);

        Assert.That(status.Code, Is.EqualTo(302));
        Assert.That(elsewhere.Requests, Is.Empty);
    }

    [Test]
    public async Task Send_ConnectionRefused_IsUnreachable()
    {
        using var client = new RawKubernetes(
            new KubernetesClientConfiguration { Host = $"http://127.0.0.1:{UnusedPort()}" }, TimeProvider.System);

        var status = await FailAsync(client);

        Assert.That(status.IsUnreachable, Is.True);
        Assert.That(status.Message, Does.StartWith("The API server could not be reached: "));
    }

    [Test]
    public async Task Send_NoAnswer_TimesOut()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using var server = await FakeApiServer.StartAsync((context, _) =>
        {
            asked.SetResult();
            return context.UntilItsClientLeaves();
        });
        using var client = server.Client(time);
        var failing = FailAsync(client);
        await asked.Task.Soon();

        time.Advance(RawKubernetes.RequestTimeout);

        Assert.That(await failing.Soon(), Is.EqualTo(new ApiStatus(0, "Timeout", "The API server did not answer in time.")));
    }

    [Test]
    public async Task Send_HeadersWithoutABody_TimesOut()
    {
        var time = new FakeTimeProvider();
        var begun = new TaskCompletionSource();
        await using var server = await FakeApiServer.StartAsync(async (context, _) =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            begun.SetResult();
            await context.UntilItsClientLeaves();
        });
        using var client = server.Client(time);
        var failing = FailAsync(client);
        await begun.Task.Soon();

        time.Advance(RawKubernetes.RequestTimeout);

        Assert.That((await failing.Soon()).Reason, Is.EqualTo("Timeout"));
    }

    [Test]
    public async Task Send_Cancelled_ThrowsThatAndNoStatus()
    {
        var asked = new TaskCompletionSource();
        await using var server = await FakeApiServer.StartAsync((context, _) =>
        {
            asked.SetResult();
            return context.UntilItsClientLeaves();
        });
        using var client = server.Client();
        using var cancel = new CancellationTokenSource();
        var sending = client.SendAsync(Request, ApiJson.Default.SecretBody, cancel.Token);
        await asked.Task.Soon();

        await cancel.CancelAsync();

        Assert.That(async () => await sending.Soon(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Send_CredentialsCannotBeHad_SaysSoAndNotWhatTheySaid()
    {
        var configuration = new KubernetesClientConfiguration { Host = "http://127.0.0.1:1", TokenProvider = new BrokenTokenProvider() };
        using var client = new RawKubernetes(configuration, TimeProvider.System);

        var status = await FailAsync(client);

        Assert.That(status.Reason, Is.EqualTo("NoCredentials"));
        Assert.That(status.Message, Does.Not.Contain("hunter2"));
    }

    [Test]
    public void Constructor_Always_FindsDeadConnectionsAndDrainsNoWatch()
    {
        SocketsHttpHandler? handler = null;
        var configuration = new KubernetesClientConfiguration { Host = "http://127.0.0.1:1", FirstMessageHandlerSetup = h => handler = h };

        using var client = new RawKubernetes(configuration, TimeProvider.System);

        Assert.That(handler, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(handler!.KeepAlivePingDelay, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(handler.KeepAlivePingTimeout, Is.EqualTo(TimeSpan.FromSeconds(15)));
            Assert.That(handler.ResponseDrainTimeout, Is.EqualTo(TimeSpan.Zero));
            Assert.That(handler.ConnectCallback, Is.Not.Null);
        });
    }

    // The same 45 s for HTTP/1.1, which has no pings.
    [Test]
    public void NewSocket_Always_ProbesASilentPeer()
    {
        using var socket = ConnectionSettings.NewSocket();

        Assert.Multiple(() =>
        {
            Assert.That(socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive), Is.EqualTo(1));
            Assert.That(socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime), Is.EqualTo(30));
            Assert.That(socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval), Is.EqualTo(5));
            Assert.That(socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount), Is.EqualTo(3));
        });
    }

    private static async Task<ApiStatus> FailAsync(FakeApiServer server, TimeProvider? time = null)
    {
        using var client = server.Client(time);
        return await FailAsync(client).Soon();
    }

    private static async Task<ApiStatus> FailAsync(RawKubernetes client)
    {
        try
        {
            await client.SendAsync(Request, ApiJson.Default.SecretBody, CancellationToken.None);
        }
        catch (ApiStatusException e)
        {
            return e.Status;
        }

        throw new AssertionException("The request succeeded.");
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class BrokenTokenProvider : ITokenProvider
    {
        public Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken) =>
            throw new InvalidOperationException("plugin said: password hunter2");
    }
}
