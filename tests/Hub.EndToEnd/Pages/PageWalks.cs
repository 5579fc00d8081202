namespace Hub.EndToEnd.Pages;

/// <summary>The tests of the pages share one hub and one browser, and so take turns.</summary>
[CollectionDefinition(Name)]
public sealed class PageWalks : ICollectionFixture<PageHub>, ICollectionFixture<PageBrowser>
{
    internal const string Name = "pages";
}
