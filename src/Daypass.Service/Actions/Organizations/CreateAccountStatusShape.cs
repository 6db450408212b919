using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>How far CreateAccount has come. The number of the account is shown when there is one, not while it is only planned.</summary>
internal sealed record CreateAccountStatusShape(CreateAccountRequest Request) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("Id", Request.Id);
        writer.Secret("AccountName", Request.AccountName);
        writer.Text("State", Request.State);
        writer.Time("RequestedTimestamp", Request.Requested);
        writer.Time("CompletedTimestamp", Request.Completed);
        writer.Text("AccountId", Request.State == CreateAccountStates.Succeeded ? Request.AccountId : null);
        writer.Text("FailureReason", Request.FailureReason);
    }
}
