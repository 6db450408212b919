using Daypass.Policies.Matching;
using Daypass.Policies.Parsing;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Each entry of <c>Resource</c> and <c>NotResource</c>, field by field.</summary>
internal static class ArnChecks
{
    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var entry in policy.Statements.SelectMany(statement => statement.Resources.Concat(statement.NotResources)))
        {
            ActionChecks.Stars(entry, findings);
            if (entry.Text.Length == 0 || entry.Text.AsSpan().ContainsAnyExcept('*'))
                Arn(policy, entry, findings);
        }
    }

    private static void Arn(PolicyDraft policy, Place entry, Findings findings)
    {
        var fields = entry.Text.Split(':', ArnFields.Count);
        if (fields[0] != "arn")
        {
            // Other services than IAM may name resources as they like.
            if (policy.Legality.IsIamWritten || fields.Length == 1 || policy.Syntax.IsUrn(entry.Text))
                findings.Add(Issues.InvalidArnPrefix, entry, $"The resource {Words.Quote(entry.Text)} is neither '*' nor an ARN, which begins with 'arn:'.");
            return;
        }
        var before = findings.Count;
        Partition(entry, fields, findings);
        Service(entry, fields, findings);
        if (findings.Count == before && ServiceOf(fields) is { } service)
            Known(entry, fields, service, findings);
        if (findings.Count == before && policy.Legality.IsIamWritten && ResourceFormat.FaultIn(entry.Text) is { } fault)
            findings.Add(Issues.InvalidArnResource, entry, fault);
        if (fields.Length is > 2 and < ArnFields.Count)
            findings.Add(Issues.ShortArn, entry, $"The ARN {Words.Quote(entry.Text)} has {fields.Length} fields of {ArnFields.Count}; the others count as '*'. Write them.");
    }

    private static void Partition(Place entry, string[] fields, Findings findings)
    {
        if (fields.Length > 1 && !ResourceFormat.Partitions.Contains(fields[1], StringComparer.Ordinal))
            findings.AddPart(Issues.InvalidPartition, entry, "arn:".Length, fields[1].Length, $"There is no partition {Words.Quote(fields[1])}.{Words.DidYouMean(fields[1], ResourceFormat.Partitions)}");
    }

    private static void Service(Place entry, string[] fields, Findings findings)
    {
        if (fields.Length < 3 || fields[2].Length == 0)
            findings.Add(Issues.MissingArnField, entry, $"The ARN {Words.Quote(entry.Text)} names no service: arn:partition:service:region:account:resource.");
        else if (fields[2].AsSpan().ContainsAny('*', '?'))
            findings.AddPart(Issues.InvalidService, entry, StartOf(fields, 2), fields[2].Length, $"The service {Words.Quote(fields[2])} cannot have wildcards.");
        else if (fields[2].Any(char.IsAsciiLetterUpper))
            findings.AddPart(Issues.InvalidArnServiceCase, entry, StartOf(fields, 2), fields[2].Length, $"The service {Words.Quote(fields[2])} is written in lower case in ARNs.");
    }

    /// <summary>The known service whose resources have this service field.</summary>
    private static ServiceFacts? ServiceOf(string[] fields) => ServiceTable.Find(fields[2]) is { } service && service.Owns(fields[2]) ? service : null;

    private static void Known(Place entry, string[] fields, ServiceFacts service, Findings findings)
    {
        var before = findings.Count;
        if (fields.Length > 3)
            Region(entry, fields, service, findings);
        // In a short ARN a star may reach over the account: arn:aws:iam:*:role/x.
        if (fields.Length == ArnFields.Count)
            Account(entry, fields, service, findings);
        if (findings.Count == before && fields.Length == ArnFields.Count && service.TypesOf(new ResourceShape(entry.Text, variables: true)) == 0)
            findings.AddPart(Issues.InvalidArnResource, entry, StartOf(fields, 5), fields[5].Length, $"{service.Name} has no resources like {Words.Quote(fields[5])}.");
    }

    private static void Region(Place entry, string[] fields, ServiceFacts service, Findings findings)
    {
        var region = fields[3];
        var (takes, needs) = Needs(service, fields, 3);
        if (region.Length > 0 && region != "*" && !takes)
            findings.AddPart(Issues.ArnRegionNotAllowed, entry, StartOf(fields, 3), region.Length, $"Resources of {service.Name} like this one have no region: leave {Words.Quote(region)} out.");
        else if (region.Length == 0 && needs)
            findings.Add(Issues.MissingArnRegion, entry, $"Resources of {service.Name} like this one have a region: name it, or write '*'.");
        else if (region.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not ('-' or '*' or '?')))
            findings.AddPart(Issues.InvalidArnRegion, entry, StartOf(fields, 3), region.Length, $"{Words.Quote(region)} is no name of a region.");
    }

    private static void Account(Place entry, string[] fields, ServiceFacts service, Findings findings)
    {
        var account = fields[4];
        var (takes, _) = Needs(service, fields, 4);
        if (account.Length > 0 && account != "*" && !takes)
            findings.AddPart(Issues.ArnAccountNotAllowed, entry, StartOf(fields, 4), account.Length, $"Resources of {service.Name} like this one have no account: leave {Words.Quote(account)} out.");
        else if (account.Length > 0 && !account.AsSpan().ContainsAny('*', '?') && account != "aws" && !Names.AccountId.TryParse(account, out _))
            findings.AddPart(Issues.InvalidArnAccount, entry, StartOf(fields, 4), account.Length, $"{Words.Quote(account)} is no account id, which has twelve digits.");
    }

    /// <summary>Whether a field may, and must, be filled, by the types of resource whose last field fits; by all if none does.</summary>
    private static (bool Takes, bool Needs) Needs(ServiceFacts service, string[] fields, int field)
    {
        var last = fields.Length == ArnFields.Count && fields[^1].Length <= Symbols.MaxLength ? Symbols.Of(fields[^1], variables: true) : [Glob.AnyRun];
        var like = service.Resources.Where(resource => resource.Fields[2] == fields[2] && resource.IsNamedLike(last)).ToList();
        if (like.Count == 0)
            like = [.. service.Resources.Where(resource => resource.Fields[2] == fields[2])];
        return (like.Exists(resource => resource.Fields[field].Length > 0), like.TrueForAll(resource => resource.Fields[field].Length > 0));
    }

    private static int StartOf(string[] fields, int field) => fields.Take(field).Sum(before => before.Length + 1);
}
