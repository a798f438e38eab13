using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Authentication;
using k8s.Exceptions;
using PrEnv.Controller.Kubernetes.Client;

namespace PrEnv.Controller.Hosting.Cluster;

/// <summary>
/// A program that provides credentials, run as kubectl runs it: arguments as they are written, warnings on standard error are its own
/// business. What it prints is never shown, because it handles credentials. Thread-safe. See
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins.
/// </summary>
internal sealed class ExecPlugin(Kubeconfig.ExecEntry exec, Kubeconfig.NamedUser user, Kubeconfig.NamedCluster cluster, TimeProvider time)
    : ITokenProvider, IRenewableToken
{
    private const string InfoVariable = "KUBERNETES_EXEC_INFO";

    private static readonly string[] Versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // A token without an end is renewed now and then, so that a new one is used before the API server rejects the old one.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // The token must still be valid when the request arrives.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private (ExecCredential Credential, DateTimeOffset Until)? _last;
    private Task<ExecCredential>? _running;

    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        var credential = await GetAsync(cancellationToken);
        return new AuthenticationHeaderValue("Bearer", credential.Token ?? throw Failure("gives no token"));
    }

    /// <summary>The credentials, from the program or from before; the program runs once for all who wait.</summary>
    /// <exception cref="KubeConfigException">The program failed.</exception>
    public Task<ExecCredential> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_last is { } last && time.GetUtcNow() < last.Until)
                return Task.FromResult(last.Credential);
            if (_running is null or { IsCompleted: true })
                _running = Task.Run(Run, CancellationToken.None);
            return _running.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// As kubectl does, the program is run again when the API server has rejected its token, however long that was to last.
    /// </summary>
    public void Reject(string? token)
    {
        lock (_lock)
        {
            if (_last?.Credential.Token == token)
                _last = null;
        }
    }

    /// <summary>Runs the program; its credentials are kept for <see cref="GetAsync"/>.</summary>
    /// <exception cref="KubeConfigException">The program failed.</exception>
    public ExecCredential Run()
    {
        using var process = new Process { StartInfo = StartInfo() };
        process.ErrorDataReceived += static (_, _) => { };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw Failure($"cannot be started{(string.IsNullOrWhiteSpace(exec.InstallHint) ? "" : ": " + exec.InstallHint.Trim())}");
        }

        process.BeginErrorReadLine();
        var isLate = false;
        using (time.CreateTimer(_ => End(), null, Patience, Timeout.InfiniteTimeSpan))
        {
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (Volatile.Read(ref isLate))
                throw Failure($"gave no answer within {Patience.TotalSeconds} seconds");
            if (process.ExitCode != 0)
                throw Failure($"ended with exit code {process.ExitCode}");
            return Keep(Read(output));
        }

        void End()
        {
            Volatile.Write(ref isLate, true);
            process.Kill(entireProcessTree: true);
        }
    }

    private ExecCredential Keep(ExecCredential credential)
    {
        lock (_lock)
            _last = (credential, credential.Expiration is { } end ? end - Margin : time.GetUtcNow() + Lifetime);
        return credential;
    }

    private ProcessStartInfo StartInfo()
    {
        if (string.IsNullOrWhiteSpace(exec.Command))
            throw Failure("is missing", ".command");
        if (!Versions.Contains(exec.ApiVersion, StringComparer.Ordinal))
            throw Failure($"must be one of {string.Join(", ", Versions)}", ".apiVersion");
        if (exec.InteractiveMode == "Always")
            throw Failure("is Always, but no terminal is available", ".interactiveMode");
        // A bare name is found by PATH.
        var command = exec.Command.Contains('/') ? user.PathOf(exec.Command) : exec.Command;
        var start = new ProcessStartInfo(command, (exec.Args ?? []).Select(a => a ?? ""))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var variable in exec.Env ?? [])
        {
            if (variable is not { Name: { Length: > 0 } name })
                throw Failure("has an entry without a name", ".env");
            start.Environment[name] = variable.Value ?? "";
        }

        start.Environment[InfoVariable] = Info().ToJsonString();
        return start;
    }

    private JsonObject Info()
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (exec.ProvideClusterInfo)
            spec["cluster"] = ClusterInfo.Of(cluster);
        return new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = exec.ApiVersion, ["spec"] = spec };
    }

    private ExecCredential Read(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var root = document.RootElement;
            if (root.GetProperty("apiVersion").GetString() != exec.ApiVersion)
                throw Failure("answers in another apiVersion");
            var status = root.GetProperty("status");
            var credential = new ExecCredential(
                Text(status, "token"), Text(status, "clientCertificateData"), Text(status, "clientKeyData"),
                status.TryGetProperty("expirationTimestamp", out var end) && end.ValueKind == JsonValueKind.String
                    ? end.GetDateTimeOffset()
                    : null);
            return credential is { Token: null, Certificate: null } ? throw Failure("gives neither a token nor a certificate") : credential;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Failure("does not answer with an ExecCredential");
        }
    }

    private static string? Text(JsonElement status, string name) =>
        status.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private KubeConfigException Failure(string why, string field = "") =>
        new($"users[{user.Name}].user.exec{field} in {user.File} ({exec.Command}) {why}");
}

/// <summary>What a plugin gives. Certificate and key are PEM.</summary>
internal sealed record ExecCredential(string? Token, string? Certificate, string? Key, DateTimeOffset? Expiration);
