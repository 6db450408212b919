using Daypass.Bench.Report;
using Daypass.Service.Stores;
using Daypass.Storage.Postgres;
using Daypass.Storage.Sqlite;

namespace Daypass.Bench.Trail;

/// <summary>What a run of <c>./bench trail</c> finds out.</summary>
internal sealed record TrailFindings(TrailSettings Settings, Filled Filled, double BytesOfEvent, double BytesOfIndex, IReadOnlyList<Searched> Searches);

/// <summary><c>./bench trail [--write] [--quick]</c>: LookupEvents' searches in a trail of ten million events.</summary>
internal static class TrailProgram
{
    public static async Task RunAsync(IReadOnlyList<string> options)
    {
        var settings = TrailSettings.Read(options);
        var folder = Directory.CreateTempSubdirectory("daypass-trail-");
        try
        {
            var findings = await RunAsync(settings, folder.FullName);
            Console.WriteLine(TrailTable.Of(findings));
            if (settings.Write)
                Page.WriteSection("trail", TrailTable.Section(findings));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<TrailFindings> RunAsync(TrailSettings settings, string folder)
    {
        var events = new TrailEvents(settings);
        Filled filled;
        await using (var store = await OpenAsync(settings, folder))
            filled = await TrailFill.FillAsync(store, events, settings);
        var (whole, index) = await TrailSize.OfAsync(settings, folder);
        await using var reopened = await OpenAsync(settings, folder);
        var searches = await new TrailSearches(reopened, settings, filled.EventId!).RunAsync();
        return new TrailFindings(settings, filled, whole / filled.Events, index / filled.Events, searches);
    }

    private static async Task<IStore> OpenAsync(TrailSettings settings, string folder) => settings.Postgres is { } database
        ? await PostgresStore.OpenAsync(database, init: true, TimeProvider.System, CancellationToken.None)
        : SqliteStore.Open(folder, TimeProvider.System);
}
