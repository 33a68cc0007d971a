// Functions that others call over the network: servicers of gRPC, and handlers of AWS Lambda.
// Facts: https://grpc.io/docs/languages/python/basics/, https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
import { each, type LibraryModel, type SymbolModel } from "./model.js";
import { SILENT, yields } from "./shorthand.js";

const MESSAGE = "grpc.RequestMessage";
const FIELD = "grpc.RequestMessage.field()";

const grpc: Record<string, SymbolModel> = {
  [MESSAGE]: { otherMembers: FIELD },
  ...each(MESSAGE, "HasField WhichOneof ByteSize IsInitialized DESCRIPTOR", SILENT),
  [FIELD]: { member: { source: "message" } },
};

const EVENT = "aws_lambda.Event";

const lambda: Record<string, SymbolModel> = {
  [EVENT]: {},
  ...each(EVENT, "__getitem__ get items values pop", yields("message")),
};

export const remoteFunctions: LibraryModel = {
  library: "remote-functions",
  symbols: { ...grpc, ...lambda },
  parameters: [
    { name: /^request$/, type: MESSAGE, whenImporting: "grpc", followedBy: [/^_?(context|ctx)$/] },
    { name: /^event$/, type: EVENT, followedBy: [/^_?(lambda_)?context$/] },
  ],
};
