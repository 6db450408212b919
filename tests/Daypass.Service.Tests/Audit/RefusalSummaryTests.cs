using System.Net;
using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;
using Daypass.Signing;

namespace Daypass.Service.Tests.Audit;

/// <summary>What strangers can make the trail hold.</summary>
public sealed class RefusalSummaryTests
{
    private static readonly AccountId Account = AccountId.Of(123456789012);
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly RefusalSummary _summary = new();
    private readonly SeededEntropy _entropy = new(1);

    [Fact]
    public void A_million_refusals_of_a_million_sources_over_a_day_take_a_bounded_number_of_bytes_and_all_are_counted()
    {
        var (refusals, bytes, rows, counted) = (0, 0L, 0, 0L);
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            for (; refusals < (minute + 1) * 1_000_000L / (24 * 60); refusals++)
                _summary.Count(Request(new IPAddress(BitConverter.GetBytes((uint)refusals * 2_654_435_761u))), Errors.InvalidToken().Error);
            foreach (var e in _summary.Take(Account, Noon.AddMinutes(minute), _entropy))
            {
                (bytes, rows) = (bytes + e.Record.Length, rows + 1);
                counted += CountIn(e);
            }
        }
        Assert.Equal(1_000_000, counted);
        // A day's rows, those saved up before it, and one a minute.
        Assert.InRange(rows, RefusalSummary.RowsOfDay, (2 * RefusalSummary.RowsOfDay) + (24 * 60));
        Assert.InRange(bytes, 1, 6 << 20);
    }

    [Fact]
    public void A_few_refusals_stand_by_name_with_the_most_frequent_first()
    {
        for (var i = 0; i < 5; i++)
            _summary.Count(Request(IPAddress.Parse(i < 4 ? "203.0.113.1" : "203.0.113.2")), Errors.InvalidToken().Error);
        var events = _summary.Take(Account, Noon, _entropy);
        Assert.Equal([4L, 1L], events.Select(CountIn));
        Assert.Equal(["203.0.113.1", "203.0.113.2"], events.Select(e => JsonNode.Parse(e.Record.Span)!["sourceIPAddress"]!.GetValue<string>()));
        Assert.Empty(_summary.Take(Account, Noon, _entropy));
    }

    private static long CountIn(AuditEvent e) => JsonNode.Parse(e.Record.Span)!["serviceEventDetails"]!["refusedRequests"]!.GetValue<long>();

    private static ApiRequest Request(IPAddress source) => new()
    {
        RequestId = "r",
        Action = Action,
        Parameters = new Parameters([]),
        Signable = new SignableRequest("POST", "/", new NoHeaders()),
        Body = default,
        SourceIp = source,
        IsSecure = true,
    };

    private static readonly ApiAction Action = new ActionCatalog().All.Single(action => action.Name == "AssumeRole");

    private sealed class NoHeaders : IRequestHeaders
    {
        public IEnumerable<string> Names => [];

        public int Count(string name) => 0;

        public string? Get(string name, int index) => null;

        public bool Contains(string name) => false;
    }
}
