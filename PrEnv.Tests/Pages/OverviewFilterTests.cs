using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PrEnv.Controller.Pages;

namespace PrEnv.Tests.Pages;

internal sealed class OverviewFilterTests
{
    private static readonly EnvironmentEntry Shop = new()
    {
        Namespace = "team-a",
        Resource = "shop",
        Repository = "octo/shop",
        Number = 22,
        Title = "Faster Search",
        Branch = "feature/search",
        Author = "Ada",
        Commit = "dfb5e1d000",
        Phase = "Failed",
        Reason = "EnvFailed",
        Message = "Helm upgrade failed: image not found",
    };

    [TestCase("")]
    [TestCase("?q=22")]
    [TestCase("?q=%2322")]
    [TestCase("?q=faster")]
    [TestCase("?q=search+faster")]
    [TestCase("?q=FEATURE/")]
    [TestCase("?q=ada")]
    [TestCase("?q=dfb5")]
    [TestCase("?q=team-a+shop")]
    [TestCase("?q=image+not+found")]
    [TestCase("?phase=failed&repository=octo/shop&author=ada")]
    [TestCase("?unknown=1&page=x&phase=")]
    public void Apply_WhatFits_Passes(string query) => Assert.That(Filter(query).Apply([Shop]), Is.EqualTo([Shop]));

    [TestCase("?q=2")]
    [TestCase("?q=%23")]
    [TestCase("?q=b5e1")]
    [TestCase("?q=faster+slower")]
    [TestCase("?phase=Ready")]
    [TestCase("?repository=octo")]
    [TestCase("?author=ad")]
    public void Apply_WhatDoesNotFit_IsLeftOut(string query) => Assert.That(Filter(query).Apply([Shop]), Is.Empty);

    [TestCase("", "")]
    [TestCase("?page=1", "")]
    [TestCase("?page=-3", "")]
    [TestCase("?q=a%26b%3D+c&phase=Ready&page=2", "?q=a%26b%3D%20c&phase=Ready&page=2")]
    public void ToQuery_OfAQuery_SaysTheSame(string query, string expected) => Assert.That(Filter(query).ToQuery(), Is.EqualTo(expected));

    [Test]
    public void Of_AnEndlessSearch_IsCut() => Assert.That(Filter("?q=" + new string('x', 5_000)).Search, Has.Length.EqualTo(260));

    private static OverviewFilter Filter(string query) => OverviewFilter.Of(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
