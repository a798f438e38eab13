using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Plans;

/// <summary>One write to the cluster.</summary>
/// <param name="PrNumber">The pull request that it is for.</param>
/// <param name="Release">The HelmRelease.</param>
/// <param name="OnSuccess">The event to publish once it is done; null for none.</param>
public abstract record PlannedAction(int PrNumber, ResourceKey Release, PlannedEvent? OnSuccess)
{
    /// <summary>Reason of the event when it fails.</summary>
    public abstract string FailureReason { get; }

    /// <summary>The verb, for sentences: "create".</summary>
    public abstract string Verb { get; }

    /// <summary>What is written, for sentences: "HelmRelease envs/relpr-22".</summary>
    public virtual string Target => $"HelmRelease {Release}";

    /// <summary>Is it a namespace that is written?</summary>
    public virtual bool IsOnNamespace => false;

    /// <summary>When it is carried out.</summary>
    public virtual ActionStep Step => ActionStep.First;

    /// <summary>Create a release, or change one.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Desired">The release.</param>
    /// <param name="Uid">The release that is changed; null to create one.</param>
    /// <param name="Why">The fields that differ; empty for a new one.</param>
    /// <param name="OnSuccess">The event to publish once it is done; null for none.</param>
    public sealed record Apply(int PrNumber, DesiredRelease Desired, string? Uid, string Why, PlannedEvent? OnSuccess)
        : PlannedAction(PrNumber, Desired.Key, OnSuccess)
    {
        /// <inheritdoc/>
        public override ActionStep Step => ActionStep.Apply;

        /// <inheritdoc/>
        public override string FailureReason => Reasons.UnableToCreateHelmRelease;

        /// <inheritdoc/>
        public override string Verb => Uid is null ? "create" : "update";
    }

    /// <summary>Delete a release.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Release">The HelmRelease.</param>
    /// <param name="Uid">Exactly this object.</param>
    /// <param name="Unsuspend">Un-suspend it first: Flux does not uninstall a suspended release.</param>
    /// <param name="OnSuccess">The event to publish once it is done; null for none.</param>
    public sealed record Delete(int PrNumber, ResourceKey Release, string Uid, bool Unsuspend, PlannedEvent? OnSuccess)
        : PlannedAction(PrNumber, Release, OnSuccess)
    {
        /// <summary>The resource version as the plan saw it; a later one may be suspended by now. Empty: unknown.</summary>
        public string Version { get; init; } = "";

        /// <inheritdoc/>
        public override string FailureReason => Reasons.DeleteFailed;

        /// <inheritdoc/>
        public override string Verb => "delete";
    }

    /// <summary>Make Flux reconcile a release now, whatever its state: a forced upgrade that also resets its failure counts.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Release">The HelmRelease.</param>
    /// <param name="Uid">Exactly this object.</param>
    /// <param name="Token">A value that no earlier request had; a second request with the same value has no effect.</param>
    /// <param name="OnSuccess">The event to publish once it is done; null for none.</param>
    public sealed record Rebuild(int PrNumber, ResourceKey Release, string Uid, string Token, PlannedEvent? OnSuccess)
        : PlannedAction(PrNumber, Release, OnSuccess)
    {
        /// <summary>Flux's annotation that asks for a reconcile; the other two have the same value.</summary>
        public const string RequestedAtAnnotation = PREphemeralEnvController.ReconcileRequestAnnotation;

        /// <summary>Flux's annotation that asks for an upgrade even without a change.</summary>
        public const string ForceAtAnnotation = "reconcile.fluxcd.io/forceAt";

        /// <summary>Flux's annotation that makes it retry a release that it had given up on.</summary>
        public const string ResetAtAnnotation = "reconcile.fluxcd.io/resetAt";

        /// <inheritdoc/>
        public override string FailureReason => Reasons.UnableToCreateHelmRelease;

        /// <inheritdoc/>
        public override string Verb => "rebuild";
    }

    /// <summary>Remove the owner labels from a release, so that it stays when its owner is deleted.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Release">The HelmRelease.</param>
    /// <param name="Uid">Exactly this object.</param>
    public sealed record Orphan(int PrNumber, ResourceKey Release, string Uid) : PlannedAction(PrNumber, Release, null)
    {
        /// <inheritdoc/>
        public override string FailureReason => Reasons.DeleteFailed;

        /// <inheritdoc/>
        public override string Verb => "orphan";
    }

    /// <summary>Create a namespace for an environment.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Release">The HelmRelease that needs it.</param>
    /// <param name="Desired">The namespace.</param>
    public sealed record CreateNamespace(int PrNumber, ResourceKey Release, DesiredNamespace Desired)
        : PlannedAction(PrNumber, Release, null)
    {
        /// <inheritdoc/>
        public override ActionStep Step => ActionStep.Namespace;

        /// <inheritdoc/>
        public override string FailureReason => Reasons.NamespaceFailed;

        /// <inheritdoc/>
        public override string Verb => "create";

        /// <inheritdoc/>
        public override bool IsOnNamespace => true;

        /// <inheritdoc/>
        public override string Target => $"namespace {Desired.Name}";
    }

    /// <summary>Change labels and annotations of a namespace that the resource has created.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Release">The HelmRelease that needs it.</param>
    /// <param name="Desired">The namespace.</param>
    /// <param name="Uid">Exactly this object.</param>
    /// <param name="Why">The fields that differ.</param>
    public sealed record UpdateNamespace(int PrNumber, ResourceKey Release, DesiredNamespace Desired, string Uid, string Why)
        : PlannedAction(PrNumber, Release, null)
    {
        /// <inheritdoc/>
        public override ActionStep Step => ActionStep.Namespace;

        /// <inheritdoc/>
        public override string FailureReason => Reasons.NamespaceFailed;

        /// <inheritdoc/>
        public override string Verb => "update";

        /// <inheritdoc/>
        public override bool IsOnNamespace => true;

        /// <inheritdoc/>
        public override string Target => $"namespace {Desired.Name}";
    }

    /// <summary>Delete a namespace that the resource has created, after the release is gone.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Release">The HelmRelease that needed it.</param>
    /// <param name="Name">The namespace.</param>
    /// <param name="Uid">Exactly this object.</param>
    public sealed record DeleteNamespace(int PrNumber, ResourceKey Release, string Name, string Uid)
        : PlannedAction(PrNumber, Release, null)
    {
        /// <inheritdoc/>
        public override string FailureReason => Reasons.DeleteFailed;

        /// <inheritdoc/>
        public override string Verb => "delete";

        /// <inheritdoc/>
        public override bool IsOnNamespace => true;

        /// <inheritdoc/>
        public override string Target => $"namespace {Name}";
    }

    /// <summary>Remove what shows that the resource has created a namespace, so that it stays when its owner is deleted.</summary>
    /// <param name="PrNumber">The pull request that it is for.</param>
    /// <param name="Release">The HelmRelease that needs it.</param>
    /// <param name="Name">The namespace.</param>
    /// <param name="Uid">Exactly this object.</param>
    public sealed record OrphanNamespace(int PrNumber, ResourceKey Release, string Name, string Uid)
        : PlannedAction(PrNumber, Release, null)
    {
        /// <inheritdoc/>
        public override string FailureReason => Reasons.DeleteFailed;

        /// <inheritdoc/>
        public override string Verb => "orphan";

        /// <inheritdoc/>
        public override bool IsOnNamespace => true;

        /// <inheritdoc/>
        public override string Target => $"namespace {Name}";
    }
}

/// <summary>When a write is carried out: each step is through before the next begins.</summary>
public enum ActionStep
{
    /// <summary>What frees resources, and what depends on nothing.</summary>
    First,

    /// <summary>Namespaces for what is applied next.</summary>
    Namespace,

    /// <summary>HelmReleases.</summary>
    Apply,
}
