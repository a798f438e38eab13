namespace PrEnv.Core.Model;

/// <summary>What the one comment on a pull request is to say.</summary>
/// <param name="Key">Represents what the comment says: while it stays the same, the comment is not edited.</param>
/// <param name="Marker">The comment's first line, hidden from people, by which it is found again.</param>
/// <param name="Body">Markdown, the marker included.</param>
/// <param name="MayCreate">False: an existing comment is edited, but no new one is created.</param>
public sealed record CommentReport(string Key, string Marker, string Body, bool MayCreate);
