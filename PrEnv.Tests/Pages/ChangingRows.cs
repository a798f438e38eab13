using System.Collections;
using PrEnv.Controller.Pages;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Pages;

/// <summary>Rows of a status; something changes while they are read.</summary>
internal sealed class ChangingRows(PageChanges changes, params EnvironmentStatus[] rows) : IReadOnlyList<EnvironmentStatus>
{
    public int Count => rows.Length;

    public EnvironmentStatus this[int index] => rows[index];

    public IEnumerator<EnvironmentStatus> GetEnumerator()
    {
        changes.Note();
        return rows.AsEnumerable().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
