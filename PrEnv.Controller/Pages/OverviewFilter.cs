using System.Globalization;
using System.Text;

namespace PrEnv.Controller.Pages;

/// <summary>Which environments are shown: what the query of the overview's address says. Immutable.</summary>
internal sealed record OverviewFilter
{
    // No name or title that is searched is longer.
    private const int MaxLength = 260;

    /// <summary>Words that must all occur; empty: any.</summary>
    public string Search { get; init; } = "";

    /// <summary>The phase; empty: any.</summary>
    public string Phase { get; init; } = "";

    /// <summary>The repository; empty: any.</summary>
    public string Repository { get; init; } = "";

    /// <summary>The author; empty: any.</summary>
    public string Author { get; init; } = "";

    /// <summary>The page of the list, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Does it let everything pass?</summary>
    public bool IsEmpty => Search.Length + Phase.Length + Repository.Length + Author.Length == 0;

    /// <summary>Reads a query. What it does not know is ignored.</summary>
    public static OverviewFilter Of(IQueryCollection query)
    {
        return new OverviewFilter
        {
            Search = Text("q"),
            Phase = Text("phase"),
            Repository = Text("repository"),
            Author = Text("author"),
            Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
        };

        string Text(string name) =>
            PageText.Name(query[name].FirstOrDefault()) is { } text ? text[..Math.Min(text.Length, MaxLength)] : "";
    }

    /// <summary>Those that pass, in the same order.</summary>
    public IEnumerable<EnvironmentEntry> Apply(IEnumerable<EnvironmentEntry> entries)
    {
        if (IsEmpty)
            return entries;
        var words = Search.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return entries.Where(entry => Is(Phase, entry.Phase) && Is(Repository, entry.Repository) && Is(Author, entry.Author)
            && words.All(word => Has(entry, word)));
    }

    /// <summary>The query that says the same, with its question mark; empty if it lets everything pass.</summary>
    public string ToQuery()
    {
        var query = new StringBuilder();
        Add("q", Search);
        Add("phase", Phase);
        Add("repository", Repository);
        Add("author", Author);
        Add("page", Page == 1 ? "" : Page.ToString(CultureInfo.InvariantCulture));
        return query.ToString();

        void Add(string name, string value)
        {
            if (value.Length > 0)
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    private static bool Is(string wanted, string? value) =>
        wanted.Length == 0 || string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);

    private static bool Has(EnvironmentEntry entry, string word) =>
        IsNumber(entry.Number, word)
        || In(entry.Title, word) || In(entry.Branch, word) || In(entry.Author, word) || In(entry.Repository, word)
        || In(entry.Resource, word) || In(entry.Namespace, word) || In(entry.Reason, word) || In(entry.Message, word)
        || entry.Commit?.StartsWith(word, StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsNumber(int number, string word) =>
        int.TryParse(word.AsSpan(word[0] == '#' ? 1 : 0), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
        && wanted == number;

    private static bool In(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
