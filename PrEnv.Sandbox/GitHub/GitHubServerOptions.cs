using System.Security.Cryptography.X509Certificates;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub;

/// <summary>How a double of GitHub starts.</summary>
internal sealed record GitHubServerOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 for any free port.</summary>
    public int Port { get; init; }

    /// <summary>
    /// What URLs in answers start with, for a proxy that stands in front; null takes the authority of each request.
    /// It can also be set later: <see cref="GitHubServer.PublicBaseUrl"/>.
    /// </summary>
    public Uri? PublicBaseUrl { get; init; }

    /// <summary>With one it speaks TLS, as GitHub Enterprise Server does; null, the default: plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>For timestamps, rate limits and faults that hold a request.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Requests an hour for a token.</summary>
    public int RequestsPerHour { get; init; } = 5000;

    /// <summary>Requests an hour for everybody without a token, together.</summary>
    public int AnonymousRequestsPerHour { get; init; } = 60;

    /// <summary>Null, the default, enforces none; <c>new SecondaryLimits()</c> enforces those that GitHub publishes.</summary>
    public SecondaryLimits? SecondaryLimits { get; init; }
}
