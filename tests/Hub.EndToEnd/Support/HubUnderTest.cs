using System.Globalization;
using Hub.Actors.Audit.Stored;
using Hub.Actors.Journal;

namespace Hub.EndToEnd.Support;

/// <summary>A hub that a test drives from outside, and may ask for its books. One journal, one engine; others may follow.</summary>
public abstract class HubUnderTest : IAsyncLifetime
{
    private static int s_people;
    private HttpClient? _http;
    private Staff? _staff;

    /// <summary>Where it listens.</summary>
    public abstract Uri Address { get; }

    /// <summary>The hub's books, read beside its API.</summary>
    public abstract IBooks Books { get; }

    /// <summary>A line to the hub.</summary>
    internal HttpClient Http => _http ??= new HttpClient(NewLine()) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };

    internal SandboxClock Clock => new(Http);

    internal Bank Bank => new(Http);

    internal Merchant Merchant { get; private set; } = null!;

    /// <summary>Every invariant that its journal can show, and its views against their rebuild, beside it; <c>null</c> where that cannot be read.</summary>
    internal virtual VerifyReport? Verify() => null;

    /// <summary>Completes once every reaction has finished what was journaled, and what followed from it.</summary>
    public abstract Task SettledAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        Merchant = new Merchant(Http);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Merchant?.Dispose();
        _http?.Dispose();
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>One sign-in for all tests of a hub: a step of the second factor is accepted once.</summary>
    internal async Task<Staff> StaffAsync() => _staff ??= await Staff.SignInAsync(Http);

    /// <summary>A number nobody else has.</summary>
    internal static string NewNumber() => string.Create(CultureInfo.InvariantCulture, $"+1415{5_550_000 + Interlocked.Increment(ref s_people):0000000}");

    internal static string NewMailbox() => string.Create(CultureInfo.InvariantCulture, $"ada{Interlocked.Increment(ref s_people)}@example.com");

    /// <summary>What carries the calls to it.</summary>
    protected virtual HttpMessageHandler NewLine() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };

    /// <summary>Starts it; completes once it answers.</summary>
    protected abstract Task StartAsync();

    /// <summary>Stops it and removes what it wrote.</summary>
    protected abstract Task StopAsync();
}
