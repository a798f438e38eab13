namespace PrEnv.Controller.GitHub.Json;

/// <summary>What is read of an installation.</summary>
internal sealed record InstallationJson(long? Id);

/// <summary>What is read of an installation's token.</summary>
internal sealed record InstallationTokenJson(string? Token, DateTimeOffset? ExpiresAt, IReadOnlyList<InstallationRepositoryJson>? Repositories)
{
    /// <summary>Never the token.</summary>
    public override string ToString() => "***";
}

/// <summary>A repository that the token is for.</summary>
internal sealed record InstallationRepositoryJson(long? Id);
