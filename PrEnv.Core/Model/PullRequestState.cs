namespace PrEnv.Core.Model;

/// <summary>What <c>GET /pulls/N</c> says of one pull request.</summary>
public enum PullRequestState
{
    /// <summary>Not known: the request failed, or GitHub knows no such pull request. No proof of anything.</summary>
    Unknown,

    /// <summary>Open.</summary>
    Open,

    /// <summary>Closed or merged: the only proof that lets an environment go.</summary>
    Closed,
}
