using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Templates;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Releases;

/// <summary>
/// The spec of every release of a resource, with the pull request's facts left to be filled in. Immutable; two templates are equal when
/// they render the same.
/// </summary>
public sealed class ReleaseTemplate : IEquatable<ReleaseTemplate>
{
    private const int ShapeLength = 16;

    private const string Interval = "5m";

    private const string Target = "targetNamespace";

    // https://fluxcd.io/flux/components/helm/helmreleases/#install-strategy
    private const string Strategy = """{"strategy":{"name":"RetryOnFailure"}}""";

    // Dear, and asked for several times in every plan; goes with the spec.
    private static readonly ConditionalWeakTable<EnvironmentSpec, ReleaseTemplate> Made = [];

    private readonly JsonTemplate _wish;
    private readonly JsonTemplate _whole;

    // Made once, for the first environment with a namespace, and for the first that sleeps.
    private readonly Lazy<ReleaseTemplate> _namespaced;
    private readonly Lazy<ReleaseTemplate> _asleep;

    private ReleaseTemplate(EnvironmentSpec spec, JsonTemplate wish, JsonTemplate whole, string? shape, bool isAsleep)
    {
        (Spec, _wish, _whole) = (spec, wish, whole);
        Shape = shape;
        _namespaced = new Lazy<ReleaseTemplate>(() => Of(spec, isNamespaced: true, isAsleep));
        _asleep = new Lazy<ReleaseTemplate>(() => isAsleep ? this : Of(spec, isNamespaced: false, isAsleep: true));
    }

    private ReleaseTemplate(ReleaseTemplate whole, ReleaseTemplate namespaced, string @namespace)
    {
        (Spec, _wish, _whole) = (namespaced.Spec, namespaced._wish, namespaced._whole);
        (Shape, Namespace) = (namespaced.Shape, @namespace);
        _namespaced = whole._namespaced;
        _asleep = new Lazy<ReleaseTemplate>(() => whole.Asleep.In(@namespace));
    }

    /// <summary>What it was made of.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>
    /// Fingerprint of the fields that it has, whatever their values; null for those of a resource that asks for none of its own. A field
    /// that is wished for no more is found out by it.
    /// </summary>
    public string? Shape { get; }

    /// <summary>The namespace that was created for the environment, which the chart is installed in; null: none of its own.</summary>
    public string? Namespace { get; }

    /// <summary>The same while the environment is asleep: with the values of <c>spec.sleep</c> merged over the others.</summary>
    public ReleaseTemplate Asleep => _asleep.Value;

    /// <summary>Does it use more of the pull request than its number and its commit?</summary>
    public bool UsesText => _wish.UsesText;

    /// <summary>Does <see cref="RenderWithDefaults"/> add anything?</summary>
    public bool HasDefaults => !ReferenceEquals(_wish, _whole);

    /// <summary>Makes the template, once for each spec.</summary>
    public static ReleaseTemplate Of(EnvironmentSpec spec) => Made.GetValue(spec, s => Of(s, isNamespaced: false, isAsleep: false));

    /// <summary>The same for an environment in a namespace that was created for it; null: this one.</summary>
    public ReleaseTemplate In(string? @namespace) =>
        @namespace is null ? this : new ReleaseTemplate(this, _namespaced.Value, @namespace);

    /// <summary>What the resource asks for.</summary>
    /// <param name="pullRequest">The pull request at the commit to install.</param>
    public HelmReleaseSpec Render(PullRequest pullRequest) => new(_wish.Render(ContextOf(pullRequest)));

    /// <summary>
    /// The same with defaults in addition, which are written with it, but whose absence is not a reason to write.
    /// </summary>
    /// <param name="pullRequest">The pull request at the commit to install.</param>
    public HelmReleaseSpec RenderWithDefaults(PullRequest pullRequest) => new(_whole.Render(ContextOf(pullRequest)));

    /// <inheritdoc/>
    public bool Equals(ReleaseTemplate? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Spec.Owner == other.Spec.Owner && Spec.Repository == other.Spec.Repository
            && Namespace == other.Namespace && _wish.Equals(other._wish));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ReleaseTemplate);

    /// <inheritdoc/>
    public override int GetHashCode() => _wish.GetHashCode();

    private static ReleaseTemplate Of(EnvironmentSpec spec, bool isNamespaced, bool isAsleep)
    {
        var (wish, whole) = (Merged(spec, withDefaults: false), Merged(spec, withDefaults: true));
        if (isNamespaced)
            (wish[Target], whole[Target]) = (null, null);
        ImmutableArray<JsonProperty> values = [.. OwnValues(spec, isAsleep)];
        var template = Build(spec, wish, values, isNamespaced);
        return new ReleaseTemplate(
            spec, template, JsonNode.DeepEquals(wish, whole) ? template : Build(spec, whole, values, isNamespaced),
            isNamespaced || isAsleep || HasOwnFields(spec) ? ShapeOf(spec, wish, values) : null, isAsleep);
    }

    private TemplateContext ContextOf(PullRequest pullRequest) =>
        new(pullRequest, Spec.Owner, Spec.Repository) { Namespace = Namespace };

    private static bool HasOwnFields(EnvironmentSpec spec) =>
        spec.Chart.Kind == FluxSourceKind.OCIRepository
        || spec is not { ServiceAccountName: null, Values: null, PullRequestValue: null, HelmRelease: null };

    // In the order in which drift is reported.
    private static JsonObject Merged(EnvironmentSpec spec, bool withDefaults)
    {
        var merged = new JsonObject
        {
            ["interval"] = Interval,
            ["releaseName"] = ReleaseNaming.Template,
        };
        if (spec.ServiceAccountName is { } account)
            merged["serviceAccountName"] = account;
        var chart = spec.Chart;
        var source = new JsonObject
        {
            ["kind"] = chart.Kind.ToString(),
            ["name"] = chart.SourceName,
            ["namespace"] = chart.SourceNamespace,
        };
        if (chart.Kind == FluxSourceKind.OCIRepository)
        {
            merged["chartRef"] = source;
        }
        else
        {
            merged["chart"] = new JsonObject
            {
                ["spec"] = new JsonObject { ["chart"] = chart.Path, ["version"] = chart.Version, ["sourceRef"] = source },
            };
        }

        foreach (var action in withDefaults ? (string[])["install", "upgrade"] : [])
        {
            if (!DecidesOn(spec.HelmRelease, action))
                merged[action] = JsonNode.Parse(Strategy);
        }

        if (spec.HelmRelease is { } patch)
            MergePatch.Apply(merged, patch);
        // It is the operator's: a resource can name another account, but not none.
        if (spec.ServiceAccountName is { } @default)
            merged.TryAdd("serviceAccountName", @default);
        return merged;
    }

    // Remediation has no effect with that strategy: whoever asks for it wants another one.
    private static bool DecidesOn(JsonElement? patch, string action) =>
        patch is { } given && given.TryGetProperty(action, out var section)
        && (section.ValueKind != JsonValueKind.Object
            || section.TryGetProperty("strategy", out _) || section.TryGetProperty("remediation", out _));

    private static JsonTemplate Build(EnvironmentSpec spec, JsonObject merged, ImmutableArray<JsonProperty> values, bool isNamespaced)
    {
        var json = new JsonTemplateBuilder();
        json.StartObject();
        foreach (var (name, value) in merged)
        {
            json.Name(name);
            if (isNamespaced && name == Target)
                json.Namespace();
            else
                json.Value(JsonSerializer.SerializeToElement(value, ResourceJson.Default.JsonNode));
        }

        json.Name("values");
        json.StartObject();
        foreach (var property in values)
        {
            json.Name(property.Name);
            json.Value(property.Value);
        }

        if (spec.PullRequestValue is { } facts)
        {
            json.Name(facts);
            PullRequestFacts.Write(json);
        }

        json.Name("prNumber");
        json.Number();
        json.Name("prSHA");
        json.Text("<<PR_HEAD_SHA>>");
        json.EndObject();
        json.EndObject();
        return json.Build();
    }

    // The controller's own always win.
    private static IEnumerable<JsonProperty> OwnValues(EnvironmentSpec spec, bool isAsleep) => ValuesOf(spec, isAsleep) is { } values
        ? values.EnumerateObject().Where(p => p.Name is not ("prNumber" or "prSHA") && p.Name != spec.PullRequestValue)
        : [];

    private static JsonElement? ValuesOf(EnvironmentSpec spec, bool isAsleep)
    {
        if (!isAsleep || spec.Sleep is not { } sleep)
            return spec.Values;
        var merged = spec.Values is { } values ? MergePatch.Copy(values) : [];
        MergePatch.Apply(merged, sleep.Values);
        return JsonSerializer.SerializeToElement(merged, ResourceJson.Default.JsonNode);
    }

    private static string ShapeOf(EnvironmentSpec spec, JsonObject merged, ImmutableArray<JsonProperty> values)
    {
        var paths = new List<string>();
        foreach (var (name, value) in merged)
            AddLeaves(paths, name, JsonSerializer.SerializeToElement(value, ResourceJson.Default.JsonNode));
        foreach (var property in values)
            AddLeaves(paths, "values\n" + property.Name, property.Value);
        if (spec.PullRequestValue is { } facts)
            paths.AddRange(PullRequestFacts.Names.Select(name => $"values\n{facts}\n{name}"));
        paths.Sort(StringComparer.Ordinal);
        return Fingerprint.Of(string.Join("\n\n", paths), ShapeLength);
    }

    private static void AddLeaves(List<string> paths, string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.EnumerateObject().MoveNext())
        {
            paths.Add(path);
            return;
        }

        foreach (var property in value.EnumerateObject())
            AddLeaves(paths, $"{path}\n{property.Name}", property.Value);
    }
}
