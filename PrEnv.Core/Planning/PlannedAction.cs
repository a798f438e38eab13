using PrEnv.Core.Model;

namespace PrEnv.Core.Planning;

/// <summary>One write to the cluster.</summary>
/// <param name="PrNumber">The pull request that it is for.</param>
/// <param name="Release">The HelmRelease.</param>
/// <param name="OnSuccess">What to tell once it is done; null: nothing.</param>
public abstract record PlannedAction(int PrNumber, ResourceKey Release, PlannedEvent? OnSuccess)
{
    /// <summary>Reason of the event when it fails.</summary>
    public abstract string FailureReason { get; }

    /// <summary>The verb, for sentences: "create".</summary>
    public abstract string Verb { get; }

    /// <summary>Make a release, or change one.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Desired">The release.</param>
    /// <param name="Uid">The release that is changed; null to make one.</param>
    /// <param name="Why">The fields that differ; empty for a new one.</param>
    /// <param name="OnSuccess">What to tell once it is done.</param>
    public sealed record Apply(int PrNumber, DesiredRelease Desired, string? Uid, string Why, PlannedEvent? OnSuccess)
        : PlannedAction(PrNumber, Desired.Key, OnSuccess)
    {
        /// <inheritdoc/>
        public override string FailureReason => EventReasons.UnableToCreateHelmRelease;

        /// <inheritdoc/>
        public override string Verb => Uid is null ? "create" : "update";
    }

    /// <summary>Delete a release.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Release">The HelmRelease.</param>
    /// <param name="Uid">Exactly this object.</param>
    /// <param name="Unsuspend">Un-suspend it first: Flux uninstalls nothing that is suspended.</param>
    /// <param name="OnSuccess">What to tell once it is done.</param>
    public sealed record Delete(int PrNumber, ResourceKey Release, string Uid, bool Unsuspend, PlannedEvent? OnSuccess)
        : PlannedAction(PrNumber, Release, OnSuccess)
    {
        /// <inheritdoc/>
        public override string FailureReason => EventReasons.DeleteFailed;

        /// <inheritdoc/>
        public override string Verb => "delete";
    }

    /// <summary>Leave a release to itself.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Release">The HelmRelease.</param>
    /// <param name="Uid">Exactly this object.</param>
    public sealed record Disown(int PrNumber, ResourceKey Release, string Uid) : PlannedAction(PrNumber, Release, null)
    {
        /// <inheritdoc/>
        public override string FailureReason => EventReasons.DeleteFailed;

        /// <inheritdoc/>
        public override string Verb => "release";
    }
}
