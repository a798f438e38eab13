using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Templates;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Spec;

/// <summary>Checks <c>spec.namespace</c>.</summary>
/// <param name="resource">The resource.</param>
/// <param name="settings">What the operator allows.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class NamespaceReader(
    PREphemeralEnvController resource, ControllerSettings settings, ImmutableArray<SpecProblem>.Builder problems)
{
    private const string Field = "spec.namespace";

    private const int MaxName = 63;

    private const int MaxTemplate = 253;

    private const int MaxEntries = 32;

    private const int MaxLabel = 253;

    private const int MaxAnnotation = 4096;

    // What stays the same for the life of a pull request, or nearly, and is safe in a name: a commit does not.
    private static readonly ImmutableArray<string> InName = ["PR_NUMBER", "PR_BRANCH_SLUG", "PR_TARGET_BRANCH_SLUG"];

    // The longest values that those can have.
    private static readonly PullRequest Longest = new()
    {
        Number = int.MaxValue,
        HeadSha = new string('0', 40),
        HeadBranch = new string('a', Slug.MaxLength),
        BaseBranch = new string('a', Slug.MaxLength),
        Title = "a",
        Author = "a",
    };

    // Which texts are valid in a label is known only with the pull request: here, all are.
    private static readonly PullRequest Plain = Longest with { HeadBranch = "a", BaseBranch = "a" };

    /// <summary>The policy; null if the spec asks for none, or for an invalid one.</summary>
    public NamespacePolicy? Read()
    {
        if (resource.Spec.Namespace is not { } settingsOfUser)
            return null;
        var (labels, annotations) = (
            Entries("labels", settingsOfUser.Labels, MaxLabel, isLabel: true),
            Entries("annotations", settingsOfUser.Annotations, MaxAnnotation, isLabel: false));
        if (settings.NoCrossNamespaceRefs)
        {
            Add("", "cannot be used: this controller runs with --no-cross-namespace-refs");
            return null;
        }

        if (Names(resource.Spec.EnvCreationHelmRepo?.HelmRelease))
        {
            problems.Add(new SpecProblem(
                "spec.envCreationHelmRepo.helmRelease.targetNamespace",
                "cannot be used together with spec.namespace, which sets it; remove one of the two", IsTemplate: false));
        }

        return Name(settingsOfUser.Template) is { } name
            ? new NamespacePolicy(name) { Labels = labels, Annotations = annotations }
            : null;
    }

    private static bool Names(JsonElement? patch) =>
        patch is { ValueKind: JsonValueKind.Object } given && JsonText.Find(given, "targetNamespace") is not null;

    private TextTemplate? Name(string? text)
    {
        const string Where = ".template";
        if (string.IsNullOrEmpty(text))
            return Fail(Where, "is required: a name with a placeholder, such as pr-<<PR_NUMBER>>");
        if (text.Length > MaxTemplate)
            return Fail(Where, $"has more than {MaxTemplate} characters");
        var names = PlaceholderText.NamesIn(text);
        if (names.FirstOrDefault(n => !Placeholder.IsKnown(n)) is { } unknown)
            return Fail(Where, Placeholder.Unknown(unknown), isTemplate: true);
        if (names.FirstOrDefault(n => n.StartsWith("PR_HEAD_", StringComparison.Ordinal)) is { } commit)
            return Fail(Where, $"has <<{commit}>>: every push would need another namespace; use <<PR_NUMBER>>", isTemplate: true);
        if (names.FirstOrDefault(n => !InName.Contains(n, StringComparer.Ordinal)) is { } free)
            return Fail(Where, $"has <<{free}>>; only <<PR_NUMBER>> and slugs are allowed in a namespace's name", isTemplate: true);
        if (!names.Contains("PR_NUMBER", StringComparer.Ordinal) && !names.Contains("PR_BRANCH_SLUG", StringComparer.Ordinal))
            return Fail(Where, "needs <<PR_NUMBER>> or <<PR_BRANCH_SLUG>>, so that each pull request gets its own", isTemplate: true);
        var template = new TextTemplate(text);
        var longest = template.Render(ContextOf(Longest));
        if (longest.Length > MaxName)
        {
            return Fail(
                Where, $"makes names of up to {longest.Length} characters, but a namespace's may have {MaxName}: "
                + "a number counts as 10, and a slug as 40", isTemplate: true);
        }

        return SpecPatterns.Label().IsMatch(longest)
            ? template
            : Fail(Where, "must make lower-case letters, digits and dashes, with no dash at either end", isTemplate: true);
    }

    private ImmutableSortedDictionary<string, TextTemplate> Entries(
        string field, IReadOnlyDictionary<string, string?>? entries, int maxLength, bool isLabel)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, TextTemplate>(StringComparer.Ordinal);
        if (entries?.Count > MaxEntries)
            Add("." + field, $"has more than {MaxEntries} entries");
        foreach (var (key, value) in (entries ?? ImmutableDictionary<string, string?>.Empty).OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            var where = $".{field}.{Text.Excerpt(key, 320)}";
            if (ProblemOf(key, value ?? "", maxLength, isLabel) is var (problem, isTemplate))
                Fail(where, problem, isTemplate);
            else
                found[key] = new TextTemplate(value ?? "");
        }

        return found.ToImmutable();
    }

    private (string Problem, bool IsTemplate)? ProblemOf(string key, string value, int maxLength, bool isLabel)
    {
        if (!SpecPatterns.MetadataKey().IsMatch(key))
            return ("is not a valid name: it must be a name of up to 63 characters, with or without a DNS prefix", false);
        if (IsReserved(key))
            return ("is written by the controller or by Kubernetes itself, and cannot be set", false);
        if (value.Length > maxLength)
            return ($"has more than {maxLength} characters", false);
        if (PlaceholderText.NamesIn(value).FirstOrDefault(n => !Placeholder.IsKnown(n)) is { } unknown)
            return (Placeholder.Unknown(unknown), true);
        if (!isLabel)
            return null;
        var template = new TextTemplate(value);
        return IsLabelValue(template.Render(ContextOf(Plain)))
            ? null
            : ("is not a valid label value once its placeholders are replaced: at most 63 letters, digits, dashes, underscores and dots, "
                + "with a letter or digit at both ends", value.Contains("<<", StringComparison.Ordinal));
    }

    /// <summary>Is that valid as the value of a label?</summary>
    public static bool IsLabelValue(string value) => value.Length <= MaxName && SpecPatterns.LabelValue().IsMatch(value);

    private static bool IsReserved(string key) =>
        key.StartsWith(PREphemeralEnvController.Group + "/", StringComparison.Ordinal)
        || key is OwnerLabels.ManagedBy or "kubernetes.io/metadata.name";

    private TemplateContext ContextOf(PullRequest pullRequest) => new(
        pullRequest, resource.Spec.GitHubPRRepository?.User ?? "", resource.Spec.GitHubPRRepository?.Repo ?? "");

    private void Add(string where, string problem) => Fail(where, problem);

    private TextTemplate? Fail(string where, string problem, bool isTemplate = false)
    {
        problems.Add(new SpecProblem(Field + where, problem, isTemplate));
        return null;
    }
}
