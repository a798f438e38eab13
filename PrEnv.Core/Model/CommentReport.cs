namespace PrEnv.Core.Model;

/// <summary>What the one comment on a pull request is to say.</summary>
/// <param name="Key">Stands for what is said: as long as it is the same, the comment is not edited.</param>
/// <param name="Marker">The comment's first line, hidden from people, by which it is found again.</param>
/// <param name="Body">Markdown, the marker included.</param>
/// <param name="MayCreate">False: an existing comment is edited, but none is made.</param>
public sealed record CommentReport(string Key, string Marker, string Body, bool MayCreate);
