using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Account;

/// <summary>How many entities the account has, and may have.</summary>
internal sealed class GetAccountSummary : ApiAction<GetAccountSummary.Request, GetAccountSummary.Response>
{
    internal sealed record Request;

    internal sealed record Response(IReadOnlyList<KeyValuePair<string, long>> SummaryMap) : IShape
    {
        public void Write(ShapeWriter writer) => writer.NumberMap("SummaryMap", SummaryMap);
    }

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("iam:GetAccountSummary", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response([.. AccountSummary.Of(scene.Home.Documents)]));
}
