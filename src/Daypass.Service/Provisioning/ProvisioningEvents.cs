using System.Globalization;
using System.Text.Json;
using Daypass.Names;
using Daypass.Service.Actions.Organizations;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Provisioning;

/// <summary>
/// The records of what Organizations does by itself: CreateAccountResult in the management account's trail, as on AWS, and in the new
/// account's trail, as its first events, that it and its role were made.
/// </summary>
internal static class ProvisioningEvents
{
    private const string Source = "organizations.amazonaws.com";

    public static AuditEvent OfAccount(AccountPlan plan, IEntropy entropy) => Make(
        plan, plan.Account, Source, "CreateAccount", [new AuditResource("AWS::Organizations::Account", OrganizationArn.OfAccount(plan.Organization, plan.Request.AccountId))],
        json => json.WriteString("createAccountRequestId", plan.Request.Id), entropy);

    public static AuditEvent OfRole(AccountPlan plan, Role role, IEntropy entropy) => Make(
        plan, plan.Account, "iam.amazonaws.com", "CreateRole", [new AuditResource("AWS::IAM::Role", role.ArnIn(plan.Account).ToString())],
        json => json.WriteString("createAccountRequestId", plan.Request.Id), entropy);

    public static AuditEvent OfResult(AccountPlan plan, CreateAccountStatusShape status, IEntropy entropy) => Make(
        plan, plan.Management.Account, Source, "CreateAccountResult", [],
        json => new AuditShapeWriter(json).Structure("CreateAccountStatus", status), entropy);

    private static AuditEvent Make(
        AccountPlan plan, AccountId trail, string source, string name, IReadOnlyList<AuditResource> resources, Action<Utf8JsonWriter> writeDetails, IEntropy entropy)
    {
        var id = Identifiers.Uuid(entropy);
        using var record = new MemoryStream();
        using (var json = new Utf8JsonWriter(record))
        {
            json.WriteStartObject();
            json.WriteString("eventVersion", AuditRecords.Version);
            json.WriteStartObject("userIdentity");
            json.WriteString("accountId", plan.Organization.ManagementAccount);
            json.WriteString("invokedBy", Source);
            json.WriteEndObject();
            json.WriteString("eventTime", plan.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("eventSource", source);
            json.WriteString("eventName", name);
            json.WriteString("awsRegion", Regions.Default);
            json.WriteString("sourceIPAddress", Source);
            json.WriteString("userAgent", Source);
            json.WriteNull("requestParameters");
            json.WriteNull("responseElements");
            json.WriteString("eventID", id);
            json.WriteBoolean("readOnly", false);
            WriteResources(json, resources, trail);
            json.WriteString("eventType", "AwsServiceEvent");
            json.WriteBoolean("managementEvent", true);
            json.WriteString("recipientAccountId", trail.ToString());
            json.WriteStartObject("serviceEventDetails");
            writeDetails(json);
            json.WriteEndObject();
            json.WriteString("eventCategory", "Management");
            json.WriteEndObject();
        }
        return new AuditEvent
        {
            EventId = id, Account = trail, Time = plan.Now, EventName = name, EventSource = source, IsReadOnly = false, Resources = resources, Record = record.ToArray(),
        };
    }

    private static void WriteResources(Utf8JsonWriter json, IReadOnlyList<AuditResource> resources, AccountId owner)
    {
        if (resources.Count == 0)
            return;
        json.WriteStartArray("resources");
        foreach (var resource in resources)
        {
            json.WriteStartObject();
            json.WriteString("accountId", owner.ToString());
            json.WriteString("type", resource.Type);
            json.WriteString("ARN", resource.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
