const namesIn = (text: string): readonly string[] => text.trim().split(/\s+/);

// A test derives all of these lists and fails when one is outdated.

/** Names that the stubs of the exemplar declare, import and use. */
export const STUB_NAMES = namesIn(`
  Array BatchGetGardenGnomesRequest BatchGetGardenGnomesResponse BinaryReader BinaryWriter Buffer Builtin
  CallOptions ChannelCredentials Client ClientOptions ClientUnaryCall CountGardenGnomesRequest
  CountGardenGnomesResponse CreateGardenGnomeRequest CreateGardenGnomeResponse Date DeepPartial
  DeleteGardenGnomeRequest DeleteGardenGnomeResponse Exact Exclude FieldMask Function
  GARDEN_GNOME_DAY_SHIFT_OPEN_FISHING GARDEN_GNOME_DAY_SHIFT_QUIET_READING
  GARDEN_GNOME_DAY_SHIFT_UNSPECIFIED GARDEN_GNOME_NIGHT_SHIFT_DEEP_SLEEP GARDEN_GNOME_NIGHT_SHIFT_LONG_WATCH
  GARDEN_GNOME_NIGHT_SHIFT_UNSPECIFIED GardenGnome GardenGnomeCreated GardenGnomeDayShift GardenGnomeDeleted
  GardenGnomeNightShift GardenGnomeService GardenGnomeServiceClient GardenGnomeServiceClientImpl
  GardenGnomeServiceServer GardenGnomeServiceService GardenGnomeServiceServiceName GardenGnomeUpdated
  GetGardenGnomeRequest GetGardenGnomeResponse I K KeysOfUnion ListGardenGnomesRequest
  ListGardenGnomesResponse Math MessageFns Metadata Money P Partial Promise ReadonlyArray Rpc ServiceError T
  TextList Timestamp U Uint8Array UntypedServiceImplementation UpdateGardenGnomeRequest
  UpdateGardenGnomeResponse createBaseBatchGetGardenGnomesRequest createBaseBatchGetGardenGnomesResponse
  createBaseCountGardenGnomesRequest createBaseCountGardenGnomesResponse createBaseCreateGardenGnomeRequest
  createBaseCreateGardenGnomeResponse createBaseDeleteGardenGnomeRequest createBaseDeleteGardenGnomeResponse
  createBaseGardenGnome createBaseGardenGnomeCreated createBaseGardenGnomeDeleted
  createBaseGardenGnomeUpdated createBaseGetGardenGnomeRequest createBaseGetGardenGnomeResponse
  createBaseListGardenGnomesRequest createBaseListGardenGnomesResponse createBaseTextList
  createBaseUpdateGardenGnomeRequest createBaseUpdateGardenGnomeResponse floatToJson fromJsonTimestamp
  fromTimestamp gardenGnomeDayShiftFromJSON gardenGnomeDayShiftToJSON gardenGnomeNightShiftFromJSON
  gardenGnomeNightShiftToJSON handleUnaryCall isSet makeGenericClientConstructor toTimestamp
`);

/** Types of google.protobuf, any of which a contract may import. */
export const WELL_KNOWN_TYPES = namesIn(`
  Any BoolValue BytesValue DoubleValue Duration Empty FieldMask FloatValue Int32Value Int64Value ListValue
  NullValue StringValue Struct Timestamp UInt32Value UInt64Value Value
`);

/** The types in the schema of every gateway. */
export const GRAPHQL_TYPES = namesIn(`
  Boolean DateTime Float ID Int Mutation PageInfo Query String Subscription
`);

/** The types that the compiler emits as metadata of decorated classes. */
export const METADATA_TYPES = namesIn(`
  Array Boolean Date Function Number Object Promise String
`);

/** The methods of every gRPC client. */
export const CLIENT_METHODS = namesIn(`
  close getChannel makeBidiStreamRequest makeClientStreamRequest makeServerStreamRequest makeUnaryRequest waitForReady
`);
