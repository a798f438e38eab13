using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Templates;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Spec;

/// <summary>
/// Reads single fields of a spec and collects what is wrong with them. A field with a problem gets some value, so that the others can be
/// read too. Paths are those below <c>spec</c>.
/// </summary>
internal sealed class FieldReader(PREphemeralEnvController resource, ControllerSettings settings)
{
    // https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
    public const int MaxNameLength = 63;

    public const int MaxSubdomainLength = 253;

    public ImmutableArray<SpecProblem>.Builder Problems { get; } = ImmutableArray.CreateBuilder<SpecProblem>();

    public void Add(string field, string problem) => Problems.Add(new SpecProblem("spec." + field, problem, IsTemplate: false));

    /// <summary>A required text.</summary>
    /// <param name="field">Path below <c>spec</c>.</param>
    /// <param name="text">The text.</param>
    /// <param name="pattern">What it must match.</param>
    /// <param name="maxLength">The most characters that it may have.</param>
    /// <param name="what">What it must be, in words.</param>
    public string Matching(string field, string? text, Regex pattern, int maxLength, string what)
    {
        if (string.IsNullOrEmpty(text))
            Add(field, $"is required: {what}");
        else if (text.Length > maxLength)
            Add(field, $"has more than {maxLength} characters; it must be {what}");
        else if (!pattern.IsMatch(text))
            Add(field, $"is \"{Excerpt(text)}\", which is not {what}");
        return text ?? "";
    }

    /// <summary>The namespace of something that the spec refers to.</summary>
    public string NamespaceOf(string field, string name)
    {
        if (settings.NoCrossNamespaceRefs && name != resource.Metadata.Namespace)
            Add(field, $"must be {resource.Metadata.Namespace}: this controller runs with --no-cross-namespace-refs");
        return Matching(field, name, SpecPatterns.Label(), MaxNameLength, "a namespace");
    }

    /// <summary>A Secret; in the resource's own namespace unless another is given.</summary>
    public ResourceKey Secret(string field, string? @namespace, string? name) => new(
        NamespaceOf($"{field}.namespace", @namespace ?? resource.Metadata.Namespace),
        Matching($"{field}.name", name, SpecPatterns.Subdomain(), MaxSubdomainLength, "the name of a Secret"));

    /// <summary>A key of a Secret; null if there is no reference.</summary>
    public SecretKey? SecretKey(string field, SecretKeyReference? reference, string defaultKey)
    {
        if (reference is null)
            return null;
        var secret = Secret(field, reference.Namespace, reference.Name);
        return new SecretKey(
            secret.Namespace,
            secret.Name,
            Matching(
                $"{field}.key", reference.Key ?? defaultKey, SpecPatterns.SecretKey(), MaxSubdomainLength,
                "a key of the Secret"));
    }

    /// <summary>A duration.</summary>
    public TimeSpan Duration(string field, string? text, string fallback)
    {
        if (GoDuration.TryParse(text ?? fallback, out var value))
            return value;
        Add(field, $"is \"{Excerpt(text)}\", which is not a valid duration; use a form such as 90s, 5m or 1h30m");
        return TimeSpan.FromMinutes(1);
    }

    /// <summary>A duration that must be longer than nothing.</summary>
    public TimeSpan PositiveDuration(string field, string? text, string fallback)
    {
        var value = Duration(field, text, fallback);
        if (value <= TimeSpan.Zero)
            Add(field, "must be longer than 0s");
        return value;
    }

    /// <summary>A URL with placeholders; null if there is none, or it is not valid.</summary>
    public UrlTemplate? Template(string field, string? text)
    {
        if (text is null)
            return null;
        var (template, problem) = UrlTemplate.Parse(text);
        if (problem is not null)
            Problems.Add(new SpecProblem("spec." + field, problem, IsTemplate: true));
        return template;
    }

    /// <summary>One of two words. True for the other choice, false for the default.</summary>
    public bool OneOf(string field, string? text, string fallback, string other)
    {
        if (text is not null && text != fallback && text != other)
            Add(field, $"is \"{Excerpt(text)}\"; it must be {fallback} or {other}");
        return text == other;
    }

    public static string Excerpt(string? text) => Text.Excerpt(text ?? "", 60);
}
