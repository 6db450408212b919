using Daypass.Testing;

namespace Daypass.Server.Tests.Wire;

/// <summary>One server for all tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public DaypassServer Server { get; private set; } = null!;

    // These tests are refused on purpose, again and again from one address.
    public async Task InitializeAsync() => Server = await DaypassServer.StartAsync("--movable-clock", "--refusals-per-source", "0");

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
