namespace PrEnv.Controller.Pages;

/// <summary>A page that says one thing: what is wrong with the address, or that there is nothing to show yet.</summary>
internal static class MessagePage
{
    public static void Write(View view, string title, string message) => view.Page(title, _ => view.Html.Write($"""
        <nav aria-label="Breadcrumb"><a href="{view.Root}">Environments</a></nav>
        <h1>{title}</h1>
        <p class="empty">{message}</p>

        """));
}
