namespace PrEnv.Core.Spec;

/// <summary>May a pull request from a fork have an environment?</summary>
public enum ForkPolicy
{
    /// <summary>Never.</summary>
    Deny,

    /// <summary>Only for commits that a reviewer with write access has approved.</summary>
    RequireApproval,

    /// <summary>Like any other.</summary>
    Allow,
}
