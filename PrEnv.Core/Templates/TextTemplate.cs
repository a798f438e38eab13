namespace PrEnv.Core.Templates;

/// <summary>A text whose placeholders are known. Immutable; two templates are equal when their text is.</summary>
/// <param name="Text">As the user wrote it.</param>
public sealed record TextTemplate(string Text)
{
    /// <summary>The text for one pull request; its values go in without control characters.</summary>
    public string Render(TemplateContext context) => string.Concat(PlaceholderText.Split(Text)
        .Select(p => p.IsPlaceholder ? PlaceholderText.Printable.Clean(Placeholder.Resolve(p.Text, context)) : p.Text));
}
