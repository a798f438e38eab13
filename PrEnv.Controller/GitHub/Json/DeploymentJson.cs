using System.Text.Json;

namespace PrEnv.Controller.GitHub.Json;

/// <summary>What is read of a deployment. The payload is what its creator provided: a text or an object.</summary>
internal sealed record DeploymentJson
{
    public long Id { get; init; }

    public JsonElement Payload { get; init; }

    /// <summary>The tag that we gave it; null when something else created it.</summary>
    public string? Tag() =>
        Payload.ValueKind == JsonValueKind.Object && Payload.TryGetProperty(PayloadBody.Name, out var tag)
        && tag.ValueKind == JsonValueKind.String
            ? tag.GetString()
            : null;
}

/// <summary>Distinguishes the deployments of one resource from those of others.</summary>
internal sealed record PayloadBody(string Prenv)
{
    public const string Name = "prenv";
}

/// <summary>A state as it is posted. See https://docs.github.com/en/rest/deployments/statuses#create-a-deployment-status.</summary>
internal sealed record DeploymentStatusBody
{
    public required string State { get; init; }

    public required string Description { get; init; }

    /// <summary>Empty removes it.</summary>
    public required string EnvironmentUrl { get; init; }

    /// <summary>GitHub does not do this for transient environments anyway: older deployments are made inactive one by one.</summary>
    public bool AutoInactive { get; init; }
}
