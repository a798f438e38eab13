using System.Collections.Immutable;

namespace PrEnv.Tests.House;

/// <summary>
/// The layout of both product projects, written down once: a folder may use every folder before it, and none behind it. A new folder gets
/// its place here.
/// </summary>
internal static class Layers
{
    /// <summary>
    /// What someone else could lift out: these use <see cref="EngineMayUse"/> and one another, and nothing of pull requests.
    /// </summary>
    public static readonly ImmutableArray<string> Engine =
    [
        "PrEnv.Core.Queueing",
        "PrEnv.Core.Reconciling",
        "PrEnv.Core.Informers",
        "PrEnv.Core.LeaderElection",
    ];

    /// <summary>What the engine stands on.</summary>
    public static readonly ImmutableArray<string> EngineMayUse = ["PrEnv.Core.Objects", "PrEnv.Core.Timing"];

    /// <summary>All folders, from those that everybody may use to the one that knows everything.</summary>
    public static readonly ImmutableArray<string> Order =
    [
        // What every Kubernetes object has: key, metadata, status errors, conditions, selectors, durations.
        "PrEnv.Core.Objects",

        // Back-off, and what is remembered for a while.
        "PrEnv.Core.Timing",

        // The engine.
        .. Engine,

        // Cutting, cleaning, Markdown.
        "PrEnv.Core.Texts",

        // Pull requests, reviews, checks, commands, probes.
        "PrEnv.Core.Model",

        // The wire records of the custom resource and of the HelmRelease.
        "PrEnv.Core.Resources",

        // Placeholders, slugs, URLs.
        "PrEnv.Core.Templates",

        // The checked spec.
        "PrEnv.Core.Spec",

        // Naming, ownership, the desired and the observed HelmRelease.
        "PrEnv.Core.Releases",

        // Which pull requests get an environment.
        "PrEnv.Core.Selection",

        // What needs all pull requests at once.
        "PrEnv.Core.Ranking",

        // The vocabulary of a plan.
        "PrEnv.Core.Plans",

        // One pull request: its sentences, its state, its rules.
        "PrEnv.Core.Environments.Messages",
        "PrEnv.Core.Environments",
        "PrEnv.Core.Environments.Rules",

        // The whole resource.
        "PrEnv.Core.Planning",

        // Why it is so, as data.
        "PrEnv.Core.Explaining",

        // What every part of the process needs.
        "PrEnv.Controller.Startup",
        "PrEnv.Controller.Options",
        "PrEnv.Controller.Monitoring",
        "PrEnv.Controller.Http",

        // The API server.
        "PrEnv.Controller.Kubernetes.Client",
        "PrEnv.Controller.Kubernetes.Watching",
        "PrEnv.Controller.Kubernetes.Resources",
        "PrEnv.Controller.Kubernetes.Releases",
        "PrEnv.Controller.Kubernetes.Events",
        "PrEnv.Controller.Kubernetes.Leases",
        "PrEnv.Controller.Kubernetes.Secrets",
        "PrEnv.Controller.Kubernetes.Charts",
        "PrEnv.Controller.Kubernetes.Namespaces",
        "PrEnv.Controller.Kubernetes.Access",

        // GitHub: how it is asked, then one folder for each thing that is asked or told.
        "PrEnv.Controller.GitHub.Faults",
        "PrEnv.Controller.GitHub.Access",
        "PrEnv.Controller.GitHub.Json",
        "PrEnv.Controller.GitHub.Budgets",
        "PrEnv.Controller.GitHub.Http",
        "PrEnv.Controller.GitHub.Apps",
        "PrEnv.Controller.GitHub.Channels",
        "PrEnv.Controller.GitHub.Paging",
        "PrEnv.Controller.GitHub.Writing",
        "PrEnv.Controller.GitHub.PullRequests",
        "PrEnv.Controller.GitHub.Files",
        "PrEnv.Controller.GitHub.Checks",
        "PrEnv.Controller.GitHub.Reviews",
        "PrEnv.Controller.GitHub.Statuses",
        "PrEnv.Controller.GitHub.Deployments",
        "PrEnv.Controller.GitHub.Comments",

        // The environments themselves.
        "PrEnv.Controller.Probing",

        // What is known of the cluster, and what is remembered of a resource.
        "PrEnv.Controller.Cluster",
        "PrEnv.Controller.Memory",

        // A reconcile: gather, plan, apply, hand over. Those it hands over to implement its ports.
        "PrEnv.Controller.Reading",
        "PrEnv.Controller.Reconcile",
        "PrEnv.Controller.Reporting",
        "PrEnv.Controller.Publishing",

        // What wakes it, and what lets it work.
        "PrEnv.Controller.Webhooks",
        "PrEnv.Controller.Leadership",

        // What people see in a browser.
        "PrEnv.Controller.Pages",

        // The process.
        "PrEnv.Controller.Hosting.Cluster",
        "PrEnv.Controller.Hosting.Endpoints",
        "PrEnv.Controller.Hosting.Logging",
        "PrEnv.Controller.Hosting.Memory",
        "PrEnv.Controller.Hosting",

        // What the commands for people see of the cluster, and how they show it.
        "PrEnv.Controller.Terminal",
        "PrEnv.Controller.Client",

        // The only place that knows everything.
        "PrEnv.Controller.Composition",
        "PrEnv.Controller.Commands",
    ];
}
