using System.Globalization;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Bench.Trail;

/// <summary>
/// The events of a trail of 90 days: nearly all of them AssumeRole, by a thousand users with a key each, on a hundred roles; one in a thousand
/// is a change, and one in a million is what somebody will look for.
/// </summary>
internal sealed class TrailEvents(TrailSettings settings)
{
    public const int Users = 1_000;
    public const int Roles = 100;
    public const int Days = 90;
    public const int SmallEvents = 1_000;
    public const int MediumAccounts = 10;
    public const int RareEvery = 1_000_000;
    private const int ChangeEvery = 1_000;

    public static readonly AccountId Large = AccountId.Of(111_122_223_333);
    public static readonly AccountId Small = AccountId.Of(444_455_556_666);
    public static readonly DateTimeOffset End = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Start = End.AddDays(-Days);

    private readonly Entropy _entropy = new();
    private readonly byte[] _record = [.. Enumerable.Range(0, settings.RecordBytes).Select(i => (byte)(' ' + (i * 7 % 90)))];

    public int Total => settings.Events + (MediumAccounts * Medium) + SmallEvents;

    private int Medium => settings.Events / 1_000;

    /// <summary>All events in the order of their time.</summary>
    public IEnumerable<AuditEvent> All()
    {
        var (others, done) = (Total - settings.Events, 0);
        for (var i = 0; i < settings.Events; i++)
        {
            yield return Event(Large, i, Start.AddDays((double)i / settings.Events * Days));
            for (; (long)done * settings.Events < (long)others * i; done++)
                yield return Event(OtherOf(done), i, Start.AddDays((double)i / settings.Events * Days));
        }
    }

    public static string RoleArn(AccountId account, int i) => $"arn:aws:iam::{account}:role/app/role-{i % Roles:D2}";

    // Spread evenly: as many to the small account as it has, the rest to the others in turn.
    private AccountId OtherOf(int number)
    {
        var every = (Total - settings.Events) / SmallEvents;
        return number % every == 0 ? Small : AccountId.Of(555_500_000_000 + (number % MediumAccounts));
    }

    private AuditEvent Event(AccountId account, int i, DateTimeOffset time)
    {
        // Not in turn: or neighbours in time would be neighbours in the index.
        var user = (int)((uint)(i * 2654435761) % Users);
        var (isRare, isChange) = (i % RareEvery == RareEvery / 2, i % ChangeEvery == 0);
        return new AuditEvent
        {
            EventId = EventIds.Make(time, _entropy),
            Account = account,
            Time = time,
            EventName = isRare ? "DeleteTrail" : isChange ? "CreateUser" : "AssumeRole",
            EventSource = isChange ? "iam.amazonaws.com" : "sts.amazonaws.com",
            Username = isRare ? "somebody" : string.Create(CultureInfo.InvariantCulture, $"builder-{user:D4}"),
            AccessKeyId = isRare ? "AKIAEXAMPLESOMEBODY0" : string.Create(CultureInfo.InvariantCulture, $"AKIAEXAMPLEBUILD{user:D4}"),
            IsReadOnly = !isChange,
            Resources = [new("AWS::IAM::Role", isRare ? $"arn:aws:iam::{account}:role/rare" : RoleArn(account, i / 7))],
            Record = _record,
        };
    }

    private sealed class Entropy : IEntropy
    {
        private readonly Random _random = new(1);

        public void Fill(Span<byte> bytes) => _random.NextBytes(bytes);
    }
}
