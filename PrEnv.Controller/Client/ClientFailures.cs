using System.Net;
using PrEnv.Controller.Startup;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Client;

/// <summary>What the API server refused, in a sentence with the way out.</summary>
internal static class ClientFailures
{
    public static StartupException Of(ApiStatusException failure) => new(Describe(failure.Status), failure);

    private static string Describe(ApiStatus status) => status switch
    {
        { Code: (int)HttpStatusCode.Forbidden } => $"{Sentence(status.Message)} Ask for that right, or choose a namespace with -n.",
        { Code: (int)HttpStatusCode.Unauthorized } =>
            "Kubernetes: the API server rejected your credentials. Log in again, or choose another context with --context.",
        { IsNotFound: true, Kind: null } =>
            "Kubernetes: the server does not know the resource. Is PrEnv installed there? Choose another cluster with --context.",
        { IsUnreachable: true } => $"Kubernetes: {Sentence(status.Message)} Is the cluster running? Choose another one with --context.",
        _ => $"Kubernetes: {Sentence(status.Message)}",
    };

    private static string Sentence(string text) => text.TrimEnd('.') + ".";
}
