using System.Net;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Audit.Records;
using Daypass.Signing;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>An action with parameters of every kind whose names are parts of one another.</summary>
internal sealed class Toy : ApiAction<Toy.Asked, Nothing>
{
    internal sealed record Asked(bool Any);

    public static Toy Instance { get; } = new() { Service = UprojectCatalog.Iam };

    public override Asked Read(Parameters wire)
    {
        wire.Text("Description", TextRule.Of(0, 100));
        wire.Text("Document", TextRules.PolicyDocument);
        wire.Number("Limit", 1, 100);
        wire.Flag("MFA");
        wire.Text("Name", TextRule.Of(1, 100));
        wire.Texts("PolicyURNs", TextRule.Of(0, 100));
        wire.Word("Status", "Active", "Inactive");
        wire.Text("StatusText", TextRule.Of(0, 100));
        wire.RequiredText("UserName", TextRules.UserName);
        return new Asked(true);
    }

    public override Question Ask(Asked request, Scene scene) => Question.None;

    public override Outcome<Nothing> Run(Asked request, Scene scene) => new(Nothing.Instance);

    public static ApiRequest Request(UprojectRequest request) => AuditCalls.Unbound("ListUsers") with
    {
        Action = Instance, Parameters = UprojectParameters.Of(request), Uproject = request, SourceIp = IPAddress.Loopback,
    };

    /// <summary>Whether the pipeline would go on with the request.</summary>
    public static bool Takes(ApiRequest request)
    {
        var parameters = new Parameters(request.Parameters) { Grammar = UprojectGrammar.For(request) };
        try
        {
            Instance.Bind(parameters);
            if (parameters.Violations.Count > 0)
                return false;
            parameters.Grammar!.RequireOneReading(request);
            return true;
        }
        catch (ApiException)
        {
            return false;
        }
    }
}
