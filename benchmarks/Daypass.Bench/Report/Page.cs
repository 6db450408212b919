using System.Globalization;
using Daypass.Bench.Cases;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Report;

/// <summary>docs/performance.md: the figures, what they mean, and how to repeat them.</summary>
internal static class Page
{
    private const string SectionStart = "\n\n<!-- ./bench ";
    private static readonly string PageFile = Path.Combine(Repository.Root, "docs", "performance.md");

    /// <summary>Writes the part of <c>./bench</c> and leaves those of its subcommands, which follow it, as they are.</summary>
    public static void Write(Findings findings, string parts)
    {
        var sections = File.Exists(PageFile) ? Sections(File.ReadAllText(PageFile)).Sections : [];
        Directory.CreateDirectory(Path.GetDirectoryName(PageFile)!);
        File.WriteAllText(PageFile, Text(findings, parts) + string.Concat(sections));
    }

    /// <summary>Replaces the part that a subcommand writes, and leaves the rest as it is.</summary>
    public static void WriteSection(string subcommand, string text)
    {
        var (start, sections) = Sections(File.ReadAllText(PageFile));
        var head = $"{SectionStart}{subcommand} --write -->\n";
        var mine = head + text + "\n";
        var at = sections.FindIndex(section => section.StartsWith(head, StringComparison.Ordinal));
        if (at < 0)
            sections.Add(mine);
        else
            sections[at] = mine;
        File.WriteAllText(PageFile, start + string.Concat(sections.Select(section => section.TrimEnd())) + "\n");
    }

    private static (string Start, List<string> Sections) Sections(string page)
    {
        var parts = page.Split(SectionStart);
        return (parts[0], [.. parts.Skip(1).Select(part => SectionStart + part)]);
    }

    private static string Text(Findings findings, string parts)
    {
        var settings = findings.Settings;
        return string.Create(CultureInfo.InvariantCulture, $"""
            # Performance

            This page is written by `./bench --write`; repeat it on your machine, and compare ratios rather than rates.

            {Table.Of(findings)}
            The parts of a call by themselves, on one thread (`./bench micro`):

            {parts}

            Measured on {DateTimeOffset.UtcNow:yyyy-MM-dd} on {Machine.Describe()}. The load tool and the servers share the machine.

            ## What is measured

            - **The load**: {settings.Connections} keep-alive connections, each with one request under way (a closed loop), from a tool of our own with one
              thread. {settings.Rounds} rounds of {settings.Requests:N0} requests for each case, the cases in turns; the table has the round of the middle rate, and p50 and p99
              over all rounds. Any answer but 200 ends the run.
            - **No request twice**: each is signed beforehand, with an invocation id of its own among the signed headers, by {Population.UserCount:N0} users in turn. So nothing
              that remembers a signature or an opened token could be what is measured.
            - **The floor**: the same requests to a bare Kestrel endpoint with the same settings, which reads the body and answers 1 KB. The second line
              makes as many bytes durable before each answer as one audit event has ({findings.EventBytes:N0}), many requests to one `fdatasync`.
            - **AssumeRole** is signed, decided by the role's trust policy and the policies of the user and its group (conditions, variables, a deny),
              sealed into a token, and audited: the answer leaves when `fdatasync` of the audit journal has returned. The clock runs on until the
              last event is in the store, so the rate is that of events shipped, not of events promised.
            - **Uproject** is the same call in the other cloud's dialect, as its SDK for Go sends it, of roles whose trust policies have as many conditions.
            - **With tags and session policy**: three tags and a policy of one statement. **Revocations**: {Revoked.Count:N0} of sessions, in ten accounts, the callers' among
              them, on a server beside. **LookupEvents** asks for a user's newest events, after all that was answered before has come to the store.
            - **AssumeRoleWithSAML**: responses of 3 KB, each signed with RSA of 2048 bits, the second case's encrypted by AES-256-GCM and RSA-OAEP besides; a fiftieth of the
              requests. Each assertion works once, so a call is a commit to the store, too.
            - **Arriving at 80 %**: an open loop. Each request is due at its moment of a constant rate, and its time counts from there, sent or not.
            - **The event's CPU** is measured in process, part by part (the table below); the flush, which many share, is in the second line of the table above.
            - **Server CPU** is user and system time of all the server's threads, the shipping of events and garbage collection with them, by request.
            - **Protected reads** are answered by a service of its own that uses Daypass.AspNetCore: {Sessions.Count:N0} sessions, assumed for real, in turn. Each request's signature is
              verified and its permission decided by the service; leases are renewed behind the callers' backs meanwhile. The last line is the
              first request of each session, which waits for its lease, {ReadCases.Newcomers} at once; its CPU is the service's alone.
            - **Verdicts**: what the uproject dialect signs only Daypass can verify, so a protected service asks it about each request. Such requests at samples/HostService, which
              asks about all that came meanwhile at once, by the same sessions; the CPU is the service's. The line of **VerifyRequests** has calls a second with a hundred verdicts each.
            - **First answer** is from starting the process, on the populated data directory, to the end of a signed GetCallerIdentity.

            ## How to repeat

            ```
            ./bench                  # the table
            ./bench --quick          # one short round
            ./bench micro            # the parts by themselves
            ./bench --write          # the table, and this page
            ./bench scale            # big installations beside a small one; --quick, --write
            ./bench trail            # LookupEvents' searches in a trail of ten million events; --quick, --write
            ./bench policies         # policy decisions by themselves and beside Cedar: performance-policies.md; --quick, --write
            ```
            """);
    }
}
