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
        json => new AuditShapeWriter(LimitedJson.Of(json, AuditLimits.Elements)).Structure("CreateAccountStatus", status), entropy);

    private static AuditEvent Make(
        AccountPlan plan, AccountId trail, string source, string name, IReadOnlyList<AuditResource> resources, Action<Utf8JsonWriter> writeDetails, IEntropy entropy) =>
        new ServiceEvent
        {
            Trail = trail,
            At = plan.Now,
            Name = name,
            Source = source,
            InvokedBy = Source,
            ActsFor = plan.Organization.ManagementAccount,
            Resources = resources,
            Details = writeDetails,
        }.Make(entropy);
}
