import type { Dispatcher } from 'undici'
import { TurnOver } from './network-failure.ts'

type Handler = Dispatcher.DispatchHandler

/**
 * A dispatcher that asks `holds` in the tick in which a request's bytes are written. An abort from a timer would not do:
 * a computer that wakes up writes what was waiting before its timers run.
 */
export const fenced = (dispatcher: Dispatcher, holds: () => boolean): Dispatcher =>
  dispatcher.compose(
    dispatch => (options, handler) =>
      dispatch(options, {
        onRequestStart(controller, context) {
          if (!holds()) controller.abort(new TurnOver())
          else handler.onRequestStart?.(controller, context)
        },
        onRequestUpgrade: (...of: Parameters<NonNullable<Handler['onRequestUpgrade']>>) =>
          handler.onRequestUpgrade?.(...of),
        onResponseStart: (...of: Parameters<NonNullable<Handler['onResponseStart']>>) =>
          handler.onResponseStart?.(...of),
        onResponseData: (...of: Parameters<NonNullable<Handler['onResponseData']>>) =>
          handler.onResponseData?.(...of),
        onResponseEnd: (...of: Parameters<NonNullable<Handler['onResponseEnd']>>) =>
          handler.onResponseEnd?.(...of),
        onResponseError: (...of: Parameters<NonNullable<Handler['onResponseError']>>) =>
          handler.onResponseError?.(...of),
      }),
  )
